import { isMachine } from '../../domain/cloud/cloud-of-host.ts';
import type { Host } from '../../domain/entity/host.ts';
import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { ChangeEvent } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { createHostCounters, type HostCounters } from '../hosts/host-counters.ts';
import { targetOf } from '../hosts/host-link.ts';
import type { HostSessionPool } from '../hosts/host-sessions.ts';
import { createHostWitnesses } from '../hosts/host-witnesses.ts';
import { inspectDirty, listHost, NOTHING_SEEN } from '../hosts/look-at-host.ts';
import { lookAtMachine } from '../hosts/look-at-machine.ts';
import { type HostWork, type OpenHost, openHost } from '../hosts/open-host.ts';
import { recordEnd } from '../hosts/record-usage.ts';
import { settleHost } from '../hosts/settle-host.ts';

/** A refused login or engine is tried again this often: somebody may have mended it on the host. */
const REFUSED_RETRY_MS = 30_000;

/** What was just adopted is foreign no more. */
const ADOPTED_RELIST_MS = 1_000;

export interface HostController {
  /** Begins to look after all hosts of the store. */
  start(): void;
  /** Closes every session; nothing is written afterwards. */
  stop(): Promise<void>;
  readonly counters: Readonly<HostCounters>;
}

/**
 * Looks after every host (key `host:<id>`): session, facts, events, full lists, lost and found, surplus. Writes host records and,
 * on instance rows, what Docker says of their containers. It never plans or starts a container.
 */
export function createHostController(context: EngineContext, pool: HostSessionPool): HostController {
  const { store, queue, log } = context;
  const counters = createHostCounters();
  const work: HostWork = { context, pool, counters, witnesses: createHostWitnesses() };
  const open = new Map<HostId, OpenHost>();
  let stopped = false;
  let unsubscribe: (() => void) | undefined;

  async function reconcile(id: string, signal: AbortSignal): Promise<void> {
    const host = store.view.get('host', id);
    if (!host || stopped) return await closeUnknown(id);
    const opened = await ensureOpen(host);
    if (!opened) return;
    const seen = await look(host, opened, signal);
    if (stopped || open.get(host.id) !== opened) return;
    await settleHost(work, host.id, opened, seen);
    if (isRefused(opened)) queue.lookAgain(`host:${host.id}`, opened.openedAt + REFUSED_RETRY_MS);
  }

  async function look(host: Host, opened: OpenHost, signal: AbortSignal): ReturnType<typeof listHost> {
    const { link } = opened;
    if (isMachine(host)) return await lookAtMachine(link);
    if (link.listing !== 'none') return await listHost({ context, counters }, { host, link, depth: link.listing, signal });
    if (link.condition.listed && link.dirty.size > 0) return await inspectDirty({ context, counters }, { host, link, signal });
    return NOTHING_SEEN;
  }

  /** Undefined, and the reason on the record, where the host cannot even be tried. */
  async function ensureOpen(host: Host): Promise<OpenHost | undefined> {
    const existing = open.get(host.id);
    if (existing && existing.link.target === targetOf(host) && !isToBeTriedAnew(host, existing)) return existing;
    if (existing) await close(host.id, existing);
    try {
      const opened = openHost(work, host);
      open.set(host.id, opened);
      opened.link.start();
      return opened;
    } catch (error) {
      const { message } = toErrorView(error);
      if (host.state !== 'refused' || host.reason !== message) {
        log.error('host cannot be tried', { hostId: host.id, reason: message });
        await store.commit((draft) => {
          const now = draft.get('host', host.id);
          if (now) draft.put('host', { ...now, state: 'refused', reason: message, since: context.clock.now() });
        });
      }
      return undefined;
    }
  }

  function isToBeTriedAnew(host: Host, opened: OpenHost): boolean {
    if (isAskedFor(host, opened)) return true;
    return isRefused(opened) && context.clock.now() - opened.openedAt >= REFUSED_RETRY_MS;
  }

  async function close(hostId: HostId, opened: OpenHost): Promise<void> {
    open.delete(hostId);
    pool.serve(hostId, undefined);
    await opened.close();
  }

  async function closeUnknown(id: string): Promise<void> {
    for (const [hostId, opened] of open) {
      if (hostId !== id) continue;
      await close(hostId, opened);
      pool.forget(hostId);
      context.metrics.forget(hostId);
      context.history.forget(hostId);
    }
  }

  function onCommit(event: ChangeEvent): void {
    for (const { kind, id, record } of event.changes) {
      if (kind === 'host') onHost(id, record === null);
      else if (kind === 'instance' && record !== null) onInstance(id);
      else if (kind === 'entity' && record === null) forgetEntity(id);
    }
  }

  function onHost(id: string, removed: boolean): void {
    const host = store.view.get('host', id);
    const opened = host && open.get(host.id);
    const same = host && opened && opened.link.target === targetOf(host) && !isAskedFor(host, opened);
    if (removed || !same) queue.enqueue(`host:${id}`, 'user');
  }

  /** A container that died before its row said `running` was told by an event that found no such row: look once at each start. */
  function onInstance(id: string): void {
    const instance = store.view.get('instance', id);
    if (!instance) return;
    if (instance.state !== 'running') {
      recordEnd(context, instance.entityId);
      return;
    }
    const link = open.get(instance.hostId)?.link;
    if (!link || link.confirmed.get(instance.id) === instance.startedAt) return;
    if (instance.adopted) link.relistWithin(ADOPTED_RELIST_MS);
    link.dirty.add(instance.id);
    queue.enqueue(`host:${instance.hostId}`, 'user');
  }

  function forgetEntity(id: string): void {
    context.metrics.forget(id);
    context.history.forget(id);
  }

  queue.register('host', reconcile);
  return {
    counters,
    start() {
      unsubscribe = store.subscribe(onCommit);
      for (const id of store.view.all('host').keys()) queue.enqueue(`host:${id}`);
    },
    async stop() {
      stopped = true;
      unsubscribe?.();
      await Promise.all([...open].map(([hostId, opened]) => close(hostId, opened)));
    },
  };
}

/** A person has looked at a host that refused us and wants it tried: see `acceptHostKey`. */
function isAskedFor(host: Host, { link, openedAt }: OpenHost): boolean {
  // The record of a new host says `connecting` too, since before it was dialled.
  return host.state === 'connecting' && link.condition.connection === 'refused' && host.since > openedAt;
}

/** A login or an engine that refused us may be mended on the host, and takes a new login to see. A key that changed waits for a person. */
function isRefused({ link }: OpenHost): boolean {
  const { connection, connectionError, engineRefused } = link.condition;
  return engineRefused || (connection === 'refused' && connectionError?.code === 'host.auth');
}
