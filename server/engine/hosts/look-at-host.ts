import { cloudOfHost } from '../../domain/cloud/cloud-of-host.ts';
import { type ExternalThings, isNameable } from '../../domain/entity/external-thing.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import type { InstanceId } from '../../domain/shared/ids.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { lackingCommands } from '../sdn/lacking-commands.ts';
import type { Observation } from './apply-observations.ts';
import { type ContainerComparison, compareContainers, isObserved } from './compare-containers.ts';
import { diagnoseEngine } from './diagnose-engine.ts';
import type { HostCounters } from './host-counters.ts';
import type { HostLink } from './host-link.ts';
import { pingEngine } from './host-pulse.ts';
import { createOperationLimiter } from './operation-limiter.ts';
import { ownershipCheck } from './ownership-check.ts';
import { readHostFacts } from './read-host-facts.ts';

const INSPECTIONS_AT_ONCE = 8;
const MOST_NAMED = 1_000;
/** After a gap the host is listed once more. */
const SETTLED_MS = 3_000;

/** What a look at a host found; nothing is written yet. */
export interface HostSight {
  readonly observations: readonly Observation[];
  readonly surplus: ContainerComparison['surplus'];
  /** `changed`: a list in the course of time, in which nothing new should be found. `all`: one after a gap. `event`: no list. */
  readonly by: 'event' | 'changed' | 'all';
  /** Rows that an event pointed at until the look was over. */
  readonly told: ReadonlySet<InstanceId>;
}

interface Looking {
  readonly context: EngineContext;
  readonly counters: HostCounters;
}

interface Place {
  readonly host: Host;
  readonly link: HostLink;
  readonly signal: AbortSignal;
}

export const NOTHING_SEEN: HostSight = { observations: [], surplus: [], by: 'event', told: new Set() };

/**
 * Facts (after a gap), event stream, full list, comparison: the stream is asked for first and with overlap, so nothing falls between.
 * A failure is written down on the link, with its cause found out, and is no error.
 */
export async function listHost(looking: Looking, place: Place & { readonly depth: 'changed' | 'all' }): Promise<HostSight> {
  const told = new Set(place.link.dirty);
  place.link.beginListing();
  return await attempt(place, (signal) => list(looking, { ...place, told, signal }));
}

interface Listing extends Place {
  readonly depth: 'changed' | 'all';
  /** Rows to look at in any case. */
  readonly told: ReadonlySet<InstanceId>;
}

async function list({ context, counters }: Looking, place: Listing): Promise<HostSight> {
  const { link, host, signal, depth, told } = place;
  const { session } = link;
  const { secrets, store, log, clock } = context;
  if (depth === 'all') await pingEngine(clock, session.engine);
  if (depth === 'all' || link.factsAreHalf) {
    const { facts, clockS, shellError } = await readHostFacts(session, signal);
    if (shellError) log.warn('host shell does not answer, limits are unknown', { hostId: host.id, error: shellError });
    const underlay = facts.underlay ?? host.facts?.underlay;
    link.facts = { ...facts, ...(underlay ? { underlay } : {}) };
    const cloud = cloudOfHost(store.view, host);
    link.factsAreHalf = shellError !== null || lackingCommands(context, cloud, facts.lacks).length > 0;
    if (depth === 'all') link.follow(clockS);
  }
  counters.relists += 1;
  const [containers, external] = await Promise.all([session.engine.listContainers({ signal }), listExternal(session.engine, signal)]);
  const instances = store.view.instancesOn(host.id);
  const compared = compareContainers({ containers, instances, check: ownershipCheck(secrets), depth, told });
  link.foreign = compared.foreign;
  link.external = external;
  const observations = await inspectAll({ counters, place }, compared.toInspect);
  const gone = compared.absent.map((seen): Observation => ({ seen, container: null }));
  link.listed();
  // An engine that has just started may tell for a moment of containers as running that have ended while it was away.
  if (depth === 'all') link.relistWithin(SETTLED_MS);
  return { observations: [...observations, ...gone], surplus: compared.surplus, by: depth, told: new Set([...told, ...link.dirty]) };
}

/** Networks and volumes that others made. */
async function listExternal(engine: DockerEngine, signal: AbortSignal): Promise<ExternalThings> {
  const [networks, volumes] = await Promise.all([engine.listNetworks({ signal }), engine.listVolumes({ signal })]);
  const namesOf = (things: typeof volumes): readonly string[] =>
    things
      .filter(isNameable)
      .map(({ name }) => name)
      .sort()
      .slice(0, MOST_NAMED);
  return { networks: namesOf(networks), volumes: namesOf(volumes) };
}

/** Looks at the containers that events spoke of. Failures as for `listHost`. */
export async function inspectDirty(looking: Looking, place: Place): Promise<HostSight> {
  const { link, host } = place;
  const told = new Set(link.dirty);
  const rows = [...told].flatMap((id) => looking.context.store.view.get('instance', id) ?? []);
  link.dirty.clear();
  const mine = rows.filter((row) => row.hostId === host.id && isObserved(row));
  const wanted = mine.map((instance) => ({ instance, containerId: containerKey(instance) }));
  return await attempt(place, async (signal) => {
    const observations = await inspectAll({ counters: looking.counters, place: { ...place, signal } }, wanted);
    return { observations, surplus: [], by: 'event', told };
  });
}

/** A look ends early when the host stops answering meanwhile: the reason is known then, and the next list finds what was missed. */
async function attempt({ host, link, signal }: Place, look: (signal: AbortSignal) => Promise<HostSight>): Promise<HostSight> {
  const lookSignal = link.lookSignal();
  try {
    return await look(AbortSignal.any([signal, lookSignal]));
  } catch (error) {
    if (signal.aborted) throw error;
    if (lookSignal.aborted || link.session.state !== 'up') return NOTHING_SEEN;
    const { error: reason, refused } = await diagnoseEngine(host, link.session, error);
    if (!lookSignal.aborted) link.listingFailed(reason, refused);
    return NOTHING_SEEN;
  }
}

async function inspectAll(
  { counters, place }: { readonly counters: HostCounters; readonly place: Place },
  wanted: readonly { readonly instance: Instance; readonly containerId: string }[],
): Promise<readonly Observation[]> {
  const limiter = createOperationLimiter(INSPECTIONS_AT_ONCE);
  const { engine } = place.link.session;
  return await Promise.all(
    wanted.map(({ instance, containerId }) =>
      limiter.run(async () => {
        counters.inspections += 1;
        const container = await engine.inspectContainer(containerId, { signal: place.signal });
        // An id is no name, but somebody may have given it as one.
        const isOther = instance.adopted !== undefined && container?.id !== instance.adopted.containerId;
        return { seen: instance, container: isOther ? null : container };
      }),
    ),
  );
}
