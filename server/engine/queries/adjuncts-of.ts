import { type AttachedKind, attachedTo, givenConfig, type Suspension } from '../../domain/adjunct/adjunct.ts';
import type { Highlight } from '../../domain/adjunct/behaviour.ts';
import { titleOf } from '../../domain/adjunct/title-of.ts';
import { type ConfigMap, type ConfigValue, isConfigList, isConfigMap, isDeferred } from '../../domain/blueprint/config-value.ts';
import { showDsl } from '../../domain/blueprint/write-dsl.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { Json, JsonObject } from '../../domain/shared/json.ts';
import { requireEntity } from '../commands/require-record.ts';
import type { EngineContext } from '../engine-context.ts';

export interface AdjunctView {
  readonly id: string;
  readonly entityId: EntityId;
  readonly key: string;
  readonly kind: AttachedKind;
  /** Id of its type. */
  readonly type: string;
  readonly title: string;
  readonly description: string;
  /** What it does, as far as it does anything: decides, fetches sensors, adds an effector. */
  readonly acts: readonly ('decides' | 'feeds' | 'effector')[];
  /** What is given; expressions as a person reads them. */
  readonly config: JsonObject;
  /** Keys that an operator has changed. */
  readonly changed: readonly string[];
  /** An operator has attached it: it stands in no blueprint. */
  readonly added: boolean;
  readonly suspended: Suspension | null;
  readonly highlight: Highlight | null;
}

/** Policies, enrichers and initializers of an entity. @throws ClockerError not-found | conflict */
export function adjunctsOf(
  { store: { view }, plugins }: Pick<EngineContext, 'store' | 'plugins'>,
  entityId: EntityId,
): readonly AdjunctView[] {
  const entity = requireEntity(view, entityId);
  return attachedTo(entityId, entity.spec, view.adjunctsOf(entityId)).map(({ id, key, kind, spec }): AdjunctView => {
    const record = view.get('adjunct', id);
    const type = plugins.adjunctTypes.get(spec.type);
    const facets = { decides: type?.behaviour, feeds: type?.feed, effector: type?.effector } as const;
    return {
      id,
      entityId,
      key,
      kind,
      type: spec.type,
      title: titleOf(spec, plugins.adjunctTypes),
      description: type?.description ?? '',
      acts: (['decides', 'feeds', 'effector'] as const).filter((one) => facets[one] !== undefined),
      config: readable(givenConfig({ spec }, record)),
      changed: Object.keys(record?.config ?? {}),
      added: record?.spec !== undefined,
      suspended: record?.suspended ?? null,
      highlight: record?.highlight ?? null,
    };
  });
}

function readable(config: ConfigMap): JsonObject {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, toReadable(value)]));
}

function toReadable(value: ConfigValue): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isDeferred(value)) return `$brooklyn:${showDsl(value.$dsl.calls)}`;
  if (isConfigList(value)) return value.map(toReadable);
  return isConfigMap(value) ? readable(value) : '…';
}
