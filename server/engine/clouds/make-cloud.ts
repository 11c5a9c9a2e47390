import type { Entity } from '../../domain/entity/entity.ts';
import { DEFAULT_PORT_POOL } from '../../domain/entity/host.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import type { Draft } from '../../ports/store.ts';
import { requireStrategies } from '../commands/hosts/cloud-settings.ts';
import { conflict, invalid } from '../commands/hosts/require-valid.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { cloudOf } from './cloud-hosts.ts';
import { readCloudSettings } from './cloud-settings.ts';

/** Registers the named location of a Docker cloud, before there is a host. @throws ClockerError input.invalid | conflict (the name is taken) */
export function makeCloud(draft: Draft, context: EngineContext, entity: Entity): string {
  const present = cloudOf(draft, entity.id);
  if (present) return present.name;
  const { naming, strategies, imageRegistry, networking } = readCloudSettings(context, draft, entity);
  if (!naming.ok) throw invalid(naming.problem, 'Set entity.dynamicLocation.name.');
  if (cloudNamed(draft, naming.name)) {
    throw conflict(
      `There is already a cloud ${naming.name}`,
      'Set another entity.dynamicLocation.name, or deploy to the one that is there.',
    );
  }
  draft.put('cloud', {
    id: newId<'cloud'>(context.ids),
    name: naming.name,
    strategies: requireStrategies(context.plugins, strategies),
    portPool: DEFAULT_PORT_POOL,
    placements: 0,
    ...(imageRegistry === undefined ? {} : { imageRegistry }),
    ...(networking === undefined ? {} : { networking }),
    entityId: entity.id,
    createdAt: context.clock.now(),
  });
  return naming.name;
}
