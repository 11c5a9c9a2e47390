import type { Looking, Reading, Watch } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { evaluateExpression } from '../expression/expression.ts';
import { referenceOf } from '../policy/read-config.ts';
import type { EntityId } from '../shared/ids.ts';
import { isTrue } from '../shared/is-true.ts';
import type { Json } from '../shared/json.ts';
import { isBlank } from './aggregate.ts';
import type { LinkConfig } from './link.ts';

type Flag = string | boolean | undefined;

/** What all that read many entities may be told. */
export interface ProducersConfig extends LinkConfig {
  readonly 'enricher.aggregating.fromMembers'?: Flag;
  readonly 'enricher.aggregating.fromChildren'?: Flag;
  readonly 'enricher.aggregating.fromHardcodedProducers'?: readonly (string | { readonly $entity: string })[] | undefined;
  readonly 'enricher.aggregating.valueFilter'?: string | { readonly $object: unknown } | undefined;
  readonly 'enricher.aggregator.excludeBlank'?: Flag;
  readonly 'enricher.defaultMemberValue'?: unknown;
}

/** Members of what has members, else children, unless it is said. */
export function producersOf(config: ProducersConfig, looking: Looking): readonly Entity[] {
  const { read } = looking;
  const named = config['enricher.aggregating.fromHardcodedProducers'];
  if (named) return named.flatMap((each) => read.entity(referenceOf(each, looking) ?? '') ?? []);
  const root = rootOf(config, looking);
  return root === null ? [] : isFromMembers(config, looking) ? read.members(root) : read.children(root);
}

export function producerWatches(config: ProducersConfig, looking: Looking, sensors: readonly string[]): readonly Watch[] {
  const named = config['enricher.aggregating.fromHardcodedProducers'];
  if (named) {
    return named.flatMap((each): readonly Watch[] => {
      const entityId = referenceOf(each, looking);
      return entityId === null ? [] : [{ of: 'entity', entityId, sensors }];
    });
  }
  const entityId = rootOf(config, looking);
  return entityId === null ? [] : [{ of: isFromMembers(config, looking) ? 'members' : 'children', entityId, sensors }];
}

/** Readings that count, with the default of those that have none. */
export function valuesOf(
  config: ProducersConfig,
  looking: Looking,
  sensor: string,
): readonly { readonly entity: Entity; readonly value: Json; readonly at: number | null }[] {
  const filter = config['enricher.aggregating.valueFilter'];
  const fallback = config['enricher.defaultMemberValue'] as Json | undefined;
  const leavesBlank = isTrue(config['enricher.aggregator.excludeBlank']);
  return producersOf(config, looking).flatMap((entity) => {
    const reading: Reading | undefined = looking.read.sensor(entity.id, sensor);
    const value = reading?.value ?? fallback;
    if (value === undefined || (leavesBlank && isBlank(value))) return [];
    if (typeof filter === 'string') {
      const passes = evaluateExpression(filter, { value });
      if (!passes.ok || passes.value !== true) return [];
    }
    return [{ entity, value, at: reading?.at ?? null }];
  });
}

/** When the newest of several was heard; null where that is known of none. */
export function newest(values: readonly { readonly at: number | null }[]): number | null {
  return values.reduce<number | null>((latest, { at }) => (at === null ? latest : Math.max(at, latest ?? at)), null);
}

function rootOf(config: ProducersConfig, looking: Looking): EntityId | null {
  const given = config['enricher.producer'];
  return given === undefined ? looking.self.id : referenceOf(given, looking);
}

function isFromMembers(config: ProducersConfig, looking: Looking): boolean {
  if (isTrue(config['enricher.aggregating.fromMembers'])) return true;
  if (isTrue(config['enricher.aggregating.fromChildren'])) return false;
  const root = rootOf(config, looking);
  const entity = root === null ? undefined : looking.read.entity(root);
  return entity !== undefined && (entity.size !== null || entity.members !== undefined);
}
