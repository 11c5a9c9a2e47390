import { type Adjunct, type AttachedKind, adjunctId, attachedTo, givenConfig } from '../../domain/adjunct/adjunct.ts';
import { writesOf } from '../../domain/adjunct/writes-of.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { type ConfigMap, isDeferred } from '../../domain/blueprint/config-value.ts';
import { canonicalKey, declaredKeys } from '../../domain/blueprint/type-registry.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/shared/json.ts';
import type { StoreView } from '../../ports/store.ts';
import { requireEntity } from '../commands/require-record.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { type AdjunctRef, changeAdjunct, requireAdjunct } from './change-adjunct.ts';
import { createSensorReader } from './sensor-reader.ts';

export interface Attaching {
  readonly entityId: EntityId;
  /** Id or alias of a policy or enricher. */
  readonly type: string;
  /** Unique on its entity; made of the type unless given. */
  readonly key?: string | undefined;
  readonly name?: string | undefined;
  readonly config: JsonObject;
}

const ATTACHABLE: readonly string[] = ['policy', 'enricher', 'initializer'] satisfies readonly AttachedKind[];

/**
 * Attaches a policy, enricher or sensor to an entity as it runs; the blueprint stays as it is.
 * @throws ClockerError not-found | conflict (the key is taken, another policy writes the same) | input.invalid (type, config)
 */
export async function attachAdjunct(context: EngineContext, input: Attaching): Promise<Adjunct> {
  const type = requireType(context, input.type);
  const config = toConfig(type, input.config);
  return await durableCommit('adjunct.attach', () =>
    context.store.commit((draft) => {
      const entity = requireEntity(draft, input.entityId);
      refuseForeign(draft, entity, config);
      const key = freeKey(draft, entity, input.key ?? type.id, input.key !== undefined);
      const named = input.name === undefined ? {} : { name: input.name };
      const spec = { type: type.id, id: key, ...named, config };
      const id = adjunctId(entity.id, key);
      refuseSecondWriter(context, draft, { entity, id, type, config });
      const record: Adjunct = { id, key, kind: type.kind as AttachedKind, entityId: entity.id, applicationId: entity.applicationId, spec };
      draft.put('adjunct', record);
      return record;
    }),
  );
}

/**
 * Changes config of an adjunct while it works; what is null goes back to what its blueprint says.
 * @throws ClockerError not-found | conflict (another policy writes the same then) | input.invalid
 */
export async function configureAdjunct(
  context: EngineContext,
  { config: given, ...ref }: AdjunctRef & { readonly config: JsonObject },
): Promise<Adjunct> {
  const { entity, attached } = requireAdjunct(context.store.view, ref);
  const type = requireType(context, attached.spec.type);
  const changed = toConfig(type, given, true);
  refuseForeign(context.store.view, entity, changed);
  return await changeAdjunct(context, { ...ref, name: 'configure' }, ({ config: latest, ...record }, draft) => {
    const own = withChanges(latest, changed);
    const config = givenConfig(attached, { config: own });
    requireValid(type, config);
    refuseSecondWriter(context, draft, { entity, id: attached.id, type, config });
    return Object.keys(own).length === 0 ? record : { ...record, config: own };
  });
}

/** @throws ClockerError not-found | conflict (it stands in the blueprint) */
export async function detachAdjunct(context: EngineContext, ref: AdjunctRef): Promise<void> {
  await durableCommit('adjunct.detach', () =>
    context.store.commit((draft) => {
      const { entity, attached, record } = requireAdjunct(draft, ref);
      if (record?.spec === undefined) {
        throw new ClockerError('conflict', {
          message: `${attached.key} of ${entity.name} stands in its blueprint`,
          hint: 'Suspend it, or deploy a blueprint without it.',
        });
      }
      draft.remove('adjunct', attached.id);
    }),
  );
}

function requireType({ plugins }: EngineContext, name: string): AdjunctType {
  const types = [...plugins.adjunctTypes.values()].filter(({ kind }) => ATTACHABLE.includes(kind));
  const type = types.find(({ id, aliases }) => id === name || aliases.includes(name));
  const acts = type?.behaviour !== undefined || type?.feed !== undefined || type?.effector !== undefined;
  if (type && acts) return type;
  throw new ClockerError('input.invalid', {
    message: type ? `Nothing acts on ${type.title} yet` : `There is no policy or enricher ${name}`,
    hint: 'The catalog lists the types that can be attached.',
  });
}

/** Keys by their canonical names, values checked. `mayClear`: null takes a value back. */
function toConfig(type: AdjunctType, given: JsonObject, mayClear = false): JsonObject {
  const config: Record<string, JsonObject[string]> = {};
  for (const [name, value] of Object.entries(given)) {
    const key = canonicalKey(type, name);
    if (key === undefined) {
      throw new ClockerError('input.invalid', {
        message: `${type.title} takes no ${name}`,
        hint: `It takes: ${declaredKeys(type).join(', ')}.`,
      });
    }
    if (typeof value === 'string' && value.startsWith('$brooklyn:')) {
      throw new ClockerError('input.invalid', {
        message: `${name}: an expression is not evaluated here`,
        hint: 'Put it into the blueprint, and deploy that.',
      });
    }
    if (value !== undefined) config[key] = value;
  }
  if (!mayClear) requireValid(type, config);
  return config;
}

/** Blueprints can only name what is in their own application, and what is given here can do no more. */
function refuseForeign(view: StoreView, entity: Pick<Entity, 'name' | 'applicationId'>, value: Json): void {
  if (typeof value !== 'object' || value === null) return;
  if (
    isJsonObject(value) &&
    typeof value.$entity === 'string' &&
    view.get('entity', value.$entity)?.applicationId !== entity.applicationId
  ) {
    throw new ClockerError('input.invalid', { message: `${value.$entity} is no entity of the application of ${entity.name}` });
  }
  for (const part of Object.values(value)) refuseForeign(view, entity, part);
}

function requireValid(type: AdjunctType, config: ConfigMap): void {
  const parsed = type.config.safeParse(config);
  if (parsed.success) return;
  const wrong = parsed.error.issues.filter(({ path: [key] }) => !isDeferred(config[String(key)]));
  if (wrong.length === 0) return;
  const problems = wrong.map(({ path, message }) => `${path.join('.') || 'config'}: ${message}`);
  throw new ClockerError('input.invalid', { message: `${type.title}: ${problems.join('; ')}` });
}

function withChanges(before: ConfigMap | undefined, changed: JsonObject): ConfigMap {
  return Object.fromEntries(Object.entries({ ...before, ...changed }).filter(([, value]) => value !== null)) as ConfigMap;
}

function freeKey(view: StoreView, entity: Entity, wanted: string, isChosen: boolean): string {
  const used = new Set(attachedTo(entity.id, entity.spec, view.adjunctsOf(entity.id)).map(({ key }) => key));
  if (!used.has(wanted)) return wanted;
  if (isChosen) throw new ClockerError('conflict', { message: `${entity.name} has a ${wanted} already`, hint: 'Give it another key.' });
  let n = 2;
  while (used.has(`${wanted}-${n}`)) n += 1;
  return `${wanted}-${n}`;
}

interface Writer {
  readonly entity: Entity;
  readonly id: string;
  readonly type: AdjunctType;
  readonly config: ConfigMap;
}

/** One writer for each thing. */
function refuseSecondWriter(context: EngineContext, view: StoreView, { entity, id, type, config }: Writer): void {
  const looking = { self: entity, now: context.clock.now(), read: createSensorReader(view, context.metrics) };
  const own = new Set(writesOf(type, config, looking));
  if (own.size === 0) return;
  for (const other of attachedTo(entity.id, entity.spec, view.adjunctsOf(entity.id))) {
    const otherType = context.plugins.adjunctTypes.get(other.spec.type);
    if (other.id === id || !otherType) continue;
    const both = writesOf(otherType, givenConfig(other, view.get('adjunct', other.id)), looking).find((one) => own.has(one));
    if (both === undefined) continue;
    throw new ClockerError('conflict', {
      message: `${other.key} of ${entity.name} writes the same: two policies would undo each other’s work`,
      hint: `Change ${other.key}, or detach it.`,
    });
  }
}
