import { isMachine } from '../../domain/cloud/cloud-of-host.ts';
import type { Host } from '../../domain/entity/host.ts';
import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { HostId, InstanceId } from '../../domain/shared/ids.ts';
import { canonicalJson } from '../../domain/shared/json.ts';
import type { Log } from '../../ports/log.ts';
import type { Draft } from '../../ports/store.ts';
import { type Applied, applyObservations, loseInstances } from './apply-observations.ts';
import { decideHostState, type HostStatus } from './decide-host-state.ts';
import type { HostLink } from './host-link.ts';
import type { HostSight } from './look-at-host.ts';
import type { HostWork, OpenHost } from './open-host.ts';
import { removeSurplus } from './remove-surplus.ts';

const SURPLUS_RETRY_MS = 5_000;

/** Writes in one commit what was seen of a host and what state it is in, then begins to remove what nobody knows. */
export async function settleHost(work: HostWork, hostId: HostId, opened: OpenHost, sight: HostSight): Promise<void> {
  const { context, pool, counters } = work;
  const { link } = opened;
  const { store, options, metrics, queue } = context;
  const before = store.view.get('host', hostId);
  if (!before) return;
  const status = decideHostState(before, link.condition, options.hostLostAfterMs);
  // Before the commit: whoever is woken by it finds the session.
  pool.serve(hostId, status.state === 'ready' ? link.session : undefined);
  if (status.state !== 'ready' && before.state === 'ready') metrics.forget(hostId);
  confirmStarts(link, sight);
  const written = await store.commit((draft) => write(draft, hostId, { link, sight, status, now: context.clock.now() }));
  noteChanges(work, link, { sight, changed: written.changed });
  for (const id of written.overtaken) link.dirty.add(id);
  if (written.overtaken.length > 0) queue.enqueue(`host:${hostId}`, 'user');
  if (status.state === 'lost' && before.state !== 'lost') counters.hostsLost += 1;
  tellChange(context.log, { before, status, lost: written.lost });
  if (status.state === 'ready') for (const container of sight.surplus) void removeOne(work, { host: before, link, container });
}

interface Writing {
  readonly link: HostLink;
  readonly sight: HostSight;
  readonly status: HostStatus;
  readonly now: number;
}

function write(draft: Draft, hostId: HostId, writing: Writing): Applied & { readonly lost: number } {
  const host = draft.get('host', hostId);
  if (!host) return { changed: [], overtaken: [], lost: 0 };
  const applied = applyObservations(draft, writing.sight.observations);
  const lost = writing.status.state === 'lost' && !isMachine(host) ? loseInstances(draft, hostId) : 0;
  const after = withStatus(host, writing);
  if (after !== host) draft.put('host', after);
  return { ...applied, lost };
}

function withStatus(host: Host, { link, status, now }: Writing): Host {
  const facts = link.facts && canonicalJson(link.facts) !== canonicalJson(host.facts) ? link.facts : host.facts;
  const external = link.external && canonicalJson(link.external) !== canonicalJson(host.external ?? null) ? link.external : host.external;
  const foreignContainers = link.foreign ?? host.foreignContainers;
  // What is shown of a host that does not answer is as old as its last answer.
  const began = status.state === 'unreachable' ? now - link.condition.silentMs : now;
  const since = status.state === host.state ? host.since : began;
  const same =
    facts === host.facts &&
    external === host.external &&
    foreignContainers === host.foreignContainers &&
    status.state === host.state &&
    status.reason === host.reason;
  return same ? host : { ...host, ...status, since, facts, foreignContainers, ...(external && { external }) };
}

/** A change that only a list told in the course of time means that the event stream is there and mute, unless its event is on the way. */
function noteChanges(
  { counters }: HostWork,
  link: HostLink,
  { sight, changed }: { readonly sight: HostSight; readonly changed: readonly InstanceId[] },
): void {
  for (const id of changed) {
    if (sight.told.has(id)) counters.changesByEvent += 1;
    else counters.changesByList += 1;
    if (sight.by === 'changed' && !sight.told.has(id)) link.expectEvent(id);
  }
}

/** Each start is looked at once: these are. */
function confirmStarts(link: HostLink, sight: HostSight): void {
  for (const { seen, container } of sight.observations) {
    if (container?.startedAtMs !== undefined) link.confirmed.set(seen.id, container.startedAtMs);
    else link.confirmed.delete(seen.id);
  }
}

function tellChange(
  log: Log,
  { before, status, lost }: { readonly before: Host; readonly status: HostStatus; readonly lost: number },
): void {
  if (before.state === status.state && before.reason === status.reason) return;
  const fields = { hostId: before.id, host: before.name, from: before.state, to: status.state, reason: status.reason, instancesLost: lost };
  if (status.state === 'refused') log.error('host state changed', fields);
  else if (status.state === 'unreachable' || status.state === 'lost') log.warn('host state changed', fields);
  else log.info('host state changed', fields);
}

interface SurplusRemoval {
  readonly host: Host;
  readonly link: HostLink;
  readonly container: HostSight['surplus'][number];
}

/** Goes on beside the controller: a container may take seconds to end. Never throws. */
async function removeOne({ context, counters }: HostWork, { host, link, container }: SurplusRemoval): Promise<void> {
  const { containerId, ownership } = container;
  if (link.removing.has(containerId)) return;
  link.removing.add(containerId);
  try {
    if (await removeSurplus(context, host, container)) counters.surplusRemoved += 1;
  } catch (error) {
    context.log.warn('surplus container not removed', { hostId: host.id, name: ownership.name, error: toErrorView(error) });
    link.relistWithin(SURPLUS_RETRY_MS);
  } finally {
    link.removing.delete(containerId);
  }
}
