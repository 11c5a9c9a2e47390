import type { RecordMaps } from '../shared/records.ts';
import { type Dependant, dependantsOf } from './dependants.ts';
import { isAtOrBelow } from './entity-tree.ts';
import type { InstanceState } from './instance.ts';

/** One container, in the words of a confirmation. */
export interface ContainerVictim {
  readonly entity: string;
  readonly host: string;
  readonly name: string;
  readonly state: InstanceState;
  /** Others made it: no deploy of ours brings it back as it was. */
  readonly adopted: boolean;
}

/** What ends with an entity and all below it, and what of the rest depends on that. Every dialog that asks first lists this. */
export interface StopEffects {
  readonly containers: readonly ContainerVictim[];
  readonly dependants: readonly Dependant[];
}

type Tables = RecordMaps<'application' | 'entity' | 'instance' | 'host'>;

/** Pure; by name. */
export function stopEffects(entityId: string, tables: Tables): StopEffects {
  const victims = new Set<string>();
  for (const entity of tables.entity.values()) if (isAtOrBelow(entity, entityId, tables.entity)) victims.add(entity.id);
  return { containers: containersOf(victims, tables), dependants: dependantsOf(victims, tables) };
}

/** `web-1 on host-2` */
export function nameVictim({ entity, host }: Pick<ContainerVictim, 'entity' | 'host'>): string {
  return `${entity} on ${host}`;
}

function containersOf(victims: ReadonlySet<string>, { entity, instance, host }: Tables): readonly ContainerVictim[] {
  const found: ContainerVictim[] = [];
  for (const { entityId, hostId, containerName, state, adopted } of instance.values()) {
    if (!victims.has(entityId)) continue;
    const names = { entity: entity.get(entityId)?.name ?? containerName, host: host.get(hostId)?.name ?? 'an unknown host' };
    found.push({ ...names, name: containerName, state, adopted: adopted !== undefined });
  }
  return found.sort((a, b) => a.entity.localeCompare(b.entity, 'en', { numeric: true }) || (a.name < b.name ? -1 : 1));
}
