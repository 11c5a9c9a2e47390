import { machineLocations } from '../../domain/cloud/machine-locations.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { LocationSpec } from '../../domain/entity/entity-spec.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import type { SoftwarePlaceKind } from '../../domain/software/process-spec.ts';
import type { StoreView } from '../../ports/store.ts';
import { givenTo } from '../clouds/machine-sources.ts';
import type { EngineContext } from '../engine-context.ts';

/** Whether commands install and run an entity: always for a type that is nothing else, and on a machine for one that is an image in a container. */
export function isRunByCommands(context: Pick<EngineContext, 'plugins' | 'provisioners'>, view: StoreView, entity: Entity): boolean {
  const type = context.plugins.entityTypes.get(entity.type);
  if (type?.software === undefined) return false;
  return type.container === undefined || whereItRuns(context, view, entity) === 'machine';
}

/**
 * Whether software runs in a container of a cloud or on a machine of its own: as the nearest location says, its own or that of what it stands in;
 * else that of the application.
 */
export function whereItRuns({ provisioners }: Pick<EngineContext, 'provisioners'>, view: StoreView, entity: Entity): SoftwarePlaceKind {
  for (let at: Entity | undefined = entity; at && at.parentId !== null; at = view.get('entity', at.parentId)) {
    const given = givenTo(at);
    if (given.length > 0) return isOfMachines({ provisioners }, view, given) ? 'machine' : 'container';
  }
  const application = view.get('application', entity.applicationId);
  return application?.location === '' && (application.machines ?? []).length > 0 ? 'machine' : 'container';
}

/** True where machines are taken from there: it is no cloud, and there are provisioners for all of it. A cloud that is called like a kind of machines wins. */
export function isOfMachines(
  { provisioners }: Pick<EngineContext, 'provisioners'>,
  view: Pick<StoreView, 'all'>,
  locations: readonly LocationSpec[],
): boolean {
  const [first] = locations;
  if (first === undefined || (first.kind === 'named' && cloudNamed(view, first.target))) return false;
  const leaves = locations.flatMap(machineLocations);
  return leaves.length > 0 && leaves.every(({ kind }) => provisioners.has(kind));
}
