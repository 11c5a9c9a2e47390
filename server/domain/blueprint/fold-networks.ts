import type { EntitySpec } from '../entity/entity-spec.ts';
import { type ConfigValue, isConfigMap } from './config-value.ts';

const VIRTUAL_NETWORK = 'virtual-network';
const DECLARED = 'docker.networks';

/**
 * Networks that are entities of a blueprint (Clocker’s way) as what they say: declarations of the application, by the name that `network.list` gives.
 * What the application declares itself stays.
 */
export function foldNetworks(root: EntitySpec): EntitySpec {
  const declared = root.config[DECLARED];
  const own = declared === undefined ? {} : declared;
  if (!isConfigMap(own)) return root;
  const found: Record<string, ConfigValue> = {};
  for (const spec of networksIn(root)) {
    const name = spec.config['network.id'] ?? spec.planId;
    if (typeof name !== 'string' || Object.hasOwn(own, name)) continue;
    const { 'network.cidr': subnet, 'network.internal': internal } = spec.config;
    const definition = {
      ...(typeof subnet === 'string' ? { subnet } : {}),
      ...(internal === true || internal === 'true' ? { internal: true } : {}),
    };
    if (Object.keys(definition).length > 0) found[name] = definition;
  }
  if (Object.keys(found).length === 0) return root;
  return { ...root, config: { ...root.config, [DECLARED]: { ...own, ...found } } };
}

function* networksIn(spec: EntitySpec): Generator<EntitySpec> {
  if (spec.type === VIRTUAL_NETWORK) yield spec;
  for (const child of spec.children) yield* networksIn(child);
}
