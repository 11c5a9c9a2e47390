import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { type ConfigSource, configOf } from '../config-of.ts';

/**
 * Whether a container goes to another host with the addresses that it has: it asks for that, or one of them is fixed. The one before it is stopped first
 * then. All others get new addresses and serve without a gap, as they are found by name.
 */
export function keepsAddress(entity: Entity, { networks = [] }: Pick<ContainerSpec, 'networks'>, source: ConfigSource): boolean {
  const reaching = networks.filter(({ definition }) => definition.provider === 'cloud');
  if (reaching.length === 0) return false;
  return reaching.some(({ address }) => address !== undefined) || configOf(entity, 'docker.container.keepAddress', source) === true;
}
