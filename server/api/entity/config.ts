import { z } from 'zod';
import type { ConfigValue } from '../../domain/blueprint/config-value.ts';
import { CONFIG_MAPS, mergeMaps } from '../../domain/blueprint/effective-config.ts';
import { effectiveEntries } from '../../domain/blueprint/resolve-config.ts';
import { configShape } from '../../domain/blueprint/type-registry.ts';
import { isJsonObject, type Json } from '../../domain/shared/json.ts';
import { answerList } from '../answer.ts';
import { missing } from '../error-map.ts';
import { idOf } from '../inputs.ts';
import { maskValue } from '../masking/mask-value.ts';
import type { ApiServices } from '../request-context.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { toJsonSchema } from './types.ts';

/** One config value that counts at an entity. Secrets are `***`. */
export interface ConfigEntry {
  readonly key: string;
  /** Expressions as they were written: `{ $dsl: { text } }`. */
  readonly value: ConfigValue;
  /** `default`: of a parameter of the blueprint; `type`: of the entity's type. */
  readonly from: 'own' | 'inherited' | 'default' | 'type';
  /** The entities above that it comes from, nearest first; more than one where maps are merged. Empty for its own and its type's. */
  readonly holders: readonly { readonly id: string; readonly name: string }[];
  readonly description: string;
}

export const config = procedure({
  permission: 'read',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'Config that counts at an entity, and where each value comes from',
  rest: 'GET /entities/{entityId}/config',
})
  .output(answerList<ConfigEntry>('Own values first, then inherited ones, then defaults; each by key'))
  .query(({ ctx: { services }, input }) => configEntries(services, input.entityId));

function configEntries({ engine, views }: ApiServices, entityId: string): readonly ConfigEntry[] {
  const { view } = engine.store;
  const self = view.get('entity', entityId);
  if (!self) throw missing();
  const types = engine.plugins.entityTypes;
  const type = types.get(self.type);
  const properties = propertiesOf(type ? toJsonSchema(type.config) : {});
  const given = [...effectiveEntries({ self, view, types })].map(([key, { parts }]): ConfigEntry => {
    const [nearest, ...farther] = parts;
    const value = mergeMaps([nearest.value, ...farther.map((part) => part.value)], CONFIG_MAPS);
    const holders = parts.filter(({ holder }) => holder.id !== self.id).map(({ holder }) => ({ id: holder.id, name: holder.name }));
    return { key, value, from: nearest.from, holders, description: descriptionOf(properties[key]) };
  });
  const known = new Set(given.map(({ key }) => key));
  const defaults = Object.keys(type ? configShape(type) : {}).flatMap((key): readonly ConfigEntry[] => {
    const property = properties[key];
    if (known.has(key) || !isJsonObject(property) || property.default === undefined) return [];
    return [{ key, value: property.default as ConfigValue, from: 'type', holders: [], description: descriptionOf(property) }];
  });
  return [...given, ...defaults].toSorted(byPlace).map((entry) => masked(entry, views.secretKeys));
}

const ORDER: Readonly<Record<ConfigEntry['from'], number>> = { own: 0, inherited: 1, default: 2, type: 3 };

function byPlace(a: ConfigEntry, b: ConfigEntry): number {
  return ORDER[a.from] - ORDER[b.from] || (a.key < b.key ? -1 : 1);
}

/** A value may be secret for the name of its key alone. */
function masked(entry: ConfigEntry, secretKeys: ReadonlySet<string>): ConfigEntry {
  const shown: Readonly<Record<string, ConfigValue>> = maskValue({ [entry.key]: entry.value }, secretKeys);
  return { ...entry, value: shown[entry.key] ?? null };
}

function propertiesOf(schema: Json): Readonly<Record<string, Json>> {
  return isJsonObject(schema) && isJsonObject(schema.properties) ? schema.properties : {};
}

function descriptionOf(property: Json | undefined): string {
  return isJsonObject(property) && typeof property.description === 'string' ? property.description : '';
}
