import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { EngineEvent } from '../../ports/docker-engine.ts';
import type { EngineContext } from '../engine-context.ts';
import type { HostCounters } from './host-counters.ts';
import { createHostLink, type HostLink } from './host-link.ts';
import type { HostSessionPool } from './host-sessions.ts';
import type { HostWitnesses } from './host-witnesses.ts';
import { readEvent } from './read-event.ts';
import { recordUsage } from './record-usage.ts';
import { createStatsSampler } from './stats-sampler.ts';

/** Containers that no row tells of are counted, or found to be surplus, within this time. */
const RELIST_SOON_MS = 3_000;

export interface HostWork {
  readonly context: EngineContext;
  readonly pool: HostSessionPool;
  readonly counters: HostCounters;
  readonly witnesses: HostWitnesses;
}

/** A host that is being looked after: its link and its sampler. */
export interface OpenHost {
  readonly link: HostLink;
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
  close(): Promise<void>;
}

/** Makes the session and all that hangs on it; `link.start()` dials. Errors: not-found, store.corrupt (its credential). */
export function openHost({ context, pool, counters, witnesses }: HostWork, host: Host): OpenHost {
  const { store, queue, clock, log, options } = context;
  const session = pool.open(host);
  const wake = (): void => queue.enqueue(`host:${host.id}`, 'user');

  const link = createHostLink({
    host,
    session,
    clock,
    counters,
    witnesses,
    lostAfterMs: options.hostLostAfterMs,
    onEvent: take,
    onMute: () => log.warn('event stream is mute, opened anew', { hostId: host.id, host: host.name }),
    onChange: wake,
    onDown: () => pool.serve(host.id, undefined),
  });

  function take(event: EngineEvent): void {
    const isAdopted = (id: string): boolean => rowsHere().some((one) => one.adopted?.containerId === id);
    const meaning = readEvent(event, context.secrets.planeId, isAdopted);
    if (meaning.kind === 'nothing') return;
    const row = meaning.kind === 'look' ? rowsHere().find((one) => isToldOf(one, meaning)) : undefined;
    if (meaning.kind === 'foreign' || !row) {
      link.relistWithin(RELIST_SOON_MS);
      return;
    }
    link.told(row.id);
    if (meaning.healthy) queue.enqueue(`entity:${row.entityId}`);
    wake();
  }

  function rowsHere(): readonly Instance[] {
    return store.view.instancesOn(host.id);
  }

  /** While one incarnation replaces another, the newer is measured. */
  function isServing(row: Instance): boolean {
    const isNewer = (other: Instance): boolean => other.state === 'running' && other.incarnation > row.incarnation;
    return row.state === 'running' && !store.view.instancesOf(row.entityId).some(isNewer);
  }

  const sampler = createStatsSampler({
    clock,
    counters,
    shell: session.shell,
    sampleMs: options.sampleMs,
    capacity: () => link.facts,
    containerIds: () => rowsHere().flatMap((row) => (row.state === 'running' && row.containerId !== null ? [row.containerId] : [])),
    isReady: () => link.condition.listed,
    onUsage: (usage, at) => recordUsage(context, { hostId: host.id, serving: rowsHere().filter(isServing) }, { usage, at }),
    onHeard: () => link.heard(),
    onError: (error) => log.warn('containers cannot be measured', { hostId: host.id, error: toErrorView(error) }),
  });
  sampler.start();

  return {
    link,
    openedAt: clock.now(),
    async close() {
      sampler.stop();
      await link.close();
    },
  };
}

/** One that was adopted is told by its id, any other by the name that we gave it. */
function isToldOf({ adopted, containerName }: Instance, told: { readonly containerName: string; readonly containerId: string }): boolean {
  return adopted ? adopted.containerId === told.containerId : containerName === told.containerName;
}
