import type { Instance } from '../../domain/entity/instance.ts';
import { type Ownership, type OwnershipCheck, readOwnership, wholeName } from '../../domain/entity/ownership.ts';
import type { ContainerSummary } from '../../ports/docker-engine.ts';

/** What a full list of a host's containers says against the rows of the store. */
export interface ContainerComparison {
  /** Rows whose container must be looked at, with what to look it up by. */
  readonly toInspect: readonly { readonly instance: Instance; readonly containerId: string }[];
  /** Rows that should have a container and have none. */
  readonly absent: readonly Instance[];
  /** Ours by signature, and known to no row: to be removed. One that was adopted is ours by its row alone, so it never is. */
  readonly surplus: readonly { readonly containerId: string; readonly ownership: Ownership }[];
  /** Running containers that are not ours. */
  readonly foreign: number;
}

export interface CompareInput {
  readonly containers: readonly ContainerSummary[];
  /** Rows on this host, read after the list was asked for was answered. */
  readonly instances: readonly Instance[];
  readonly check: OwnershipCheck;
  /** `all` after a gap in the events; `changed` where only containers in another state than their row are of interest. */
  readonly depth: 'all' | 'changed';
  /** Rows of interest in any case: events pointed at them. */
  readonly told: ReadonlySet<string>;
}

/** Pure. Rows that are planned, created or being removed are left to the steps that work on them. */
export function compareContainers(input: CompareInput): ContainerComparison {
  const rows = new Map(input.instances.flatMap((instance) => (instance.adopted ? [] : [[instance.containerName, instance]])));
  const adopted = new Map(input.instances.flatMap((instance) => (instance.adopted ? [[instance.adopted.containerId, instance]] : [])));
  const toInspect: { instance: Instance; containerId: string }[] = [];
  const surplus: { containerId: string; ownership: Ownership }[] = [];
  const found = new Set<string>();
  let foreign = 0;
  const take = (instance: Instance, container: ContainerSummary): void => {
    found.add(instance.id);
    if (isObserved(instance) && (input.depth === 'all' || input.told.has(instance.id) || differs(instance, container))) {
      toInspect.push({ instance, containerId: container.id });
    }
  };
  for (const container of input.containers) {
    const own = adopted.get(container.id);
    if (own) {
      take(own, container);
      continue;
    }
    const name = wholeName(container.name);
    const ownership = readOwnership(name, container.labels, input.check);
    if (!ownership) {
      if (isRunning(container)) foreign += 1;
      continue;
    }
    const instance = rows.get(name);
    if (!instance) {
      surplus.push({ containerId: container.id, ownership });
      continue;
    }
    // Half made: the step that makes or removes it sees to it.
    if (name !== container.name) continue;
    take(instance, container);
  }
  const absent = input.instances.filter((instance) => isObserved(instance) && !found.has(instance.id) && !isKnownGone(instance));
  return { toInspect, absent, surplus, foreign };
}

/** Rows that the host side writes; the others belong to a step under way. */
export function isObserved(instance: Instance): boolean {
  return instance.state === 'running' || instance.state === 'exited' || instance.state === 'lost';
}

function isKnownGone(instance: Instance): boolean {
  return instance.state === 'exited' && instance.containerId === null;
}

function isRunning(container: ContainerSummary): boolean {
  return container.state === 'running' || container.state === 'paused' || container.state === 'restarting';
}

function differs(instance: Instance, container: ContainerSummary): boolean {
  if (instance.containerId !== container.id || instance.state === 'lost') return true;
  const state = container.state === 'running' ? 'running' : 'exited';
  return instance.state !== state;
}
