import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { EntityId } from '../shared/ids.ts';
import { canonicalJson, type Json, type JsonObject } from '../shared/json.ts';

export interface OnChangeSettings {
  readonly sensor: string | null;
  /** Whose sensor it is; null: what is named is not there. */
  readonly producer: EntityId | null;
  readonly effector: string | null;
}

export interface OnChangeMemory {
  /** Canonical JSON of the value that was seen last. */
  readonly last: string;
}

/** Brooklyn's InvokeEffectorOnSensorChange: for each value that is another than the one before, the first too; of many at once the newest. */
export function decideOnChange({ config, self, read, memory }: AdjunctInput<OnChangeSettings, OnChangeMemory>): Decision<OnChangeMemory> {
  const { sensor, producer, effector } = config;
  if (sensor === null || effector === null || producer === null)
    return { highlight: { level: 'frozen', text: 'It needs a sensor and an effector that are there' } };
  const value = read.sensor(producer, sensor)?.value;
  const seen = value === undefined ? undefined : canonicalJson(value);
  if (seen === undefined || seen === memory?.last) return { highlight: { level: 'ok', text: `Calls ${effector} when ${sensor} changes` } };
  const why = `Call ${effector} of ${self.name}: ${sensor} has changed`;
  return {
    memory: { last: seen },
    highlight: { level: 'acts', text: why },
    actions: [{ kind: 'effector', entityId: self.id, effector, why }],
  };
}

export interface OnCollectionSettings {
  readonly sensor: string | null;
  readonly onAdded: string | null;
  readonly onRemoved: string | null;
  readonly parameter: string;
}

export interface OnCollectionMemory {
  /** Canonical JSON of the items for which it has called. */
  readonly items: readonly string[];
}

/** So many items are told at once; the rest follows. */
const MOST_AT_ONCE = 50;

/** Brooklyn's InvokeEffectorOnCollectionSensorChange: one call for each item that came or went; those of a map are `{ key, value }`. */
export function decideOnCollection({
  config,
  self,
  read,
  memory,
  now,
}: AdjunctInput<OnCollectionSettings, OnCollectionMemory>): Decision<OnCollectionMemory> {
  const { sensor, onAdded, onRemoved, parameter } = config;
  if (sensor === null) return { highlight: { level: 'frozen', text: 'It needs a sensor' } };
  const known = new Set(memory?.items ?? []);
  const items = new Set(itemsOf(read.sensor(self.id, sensor)?.value).map((item) => canonicalJson(item)));
  const changes = [
    ...[...items].filter((item) => !known.has(item)).map((item) => ({ item, isNew: true })),
    ...[...known].filter((item) => !items.has(item)).map((item) => ({ item, isNew: false })),
  ];
  if (changes.length === 0) return { highlight: { level: 'ok', text: `Watches ${sensor}: ${items.size} items` } };
  const taken = changes.slice(0, MOST_AT_ONCE);
  for (const { item, isNew } of taken) {
    if (isNew) known.add(item);
    else known.delete(item);
  }
  const actions = taken.flatMap(({ item, isNew }) => {
    const effector = isNew ? onAdded : onRemoved;
    if (effector === null) return [];
    const parameters: JsonObject = { [parameter]: JSON.parse(item) as Json };
    const why = `Call ${effector} of ${self.name}: ${item.slice(0, 60)} was ${isNew ? 'added to' : 'removed from'} ${sensor}`;
    return [{ kind: 'effector' as const, entityId: self.id, effector, parameters, why }];
  });
  return {
    memory: { items: [...known] },
    highlight: { level: 'acts', text: `${sensor} has changed: ${actions.length} calls` },
    actions,
    ...(taken.length < changes.length ? { lookAgainAt: now + 1_000 } : {}),
  };
}

function itemsOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value as readonly Json[];
  if (typeof value !== 'object') return [value];
  return Object.entries(value).map(([key, item]) => ({ key, value: item }));
}
