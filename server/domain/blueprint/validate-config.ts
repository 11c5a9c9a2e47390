import type { z } from 'zod';
import { expressionGives } from './check-expression.ts';
import type { ConfigPlace } from './config-level.ts';
import { type ConfigMap, type ConfigValue, isConfigList, isDeferred, isNestedObject, isNestedSpec } from './config-value.ts';
import { joinPath, quoteText, type TextRange } from './findings.ts';
import { issueText } from './issue-text.ts';
import { shapeOfConfig } from './plan-memory.ts';
import type { PlanState } from './plan-state.ts';
import { SECRET_WORDS } from './secret-words.ts';
import { nodeAt } from './source-node.ts';
import type { BlueprintType } from './type-registry.ts';

type CheckedType = Pick<BlueprintType, 'title' | 'config'>;
interface CheckedConfig {
  readonly config: ConfigMap;
  readonly places: ReadonlyMap<string, ConfigPlace>;
}

/** Where the type is named: findings about what is not given stand there. */
interface TypePlace {
  readonly range: TextRange;
  readonly path: string;
}

/**
 * Checks config by the type's schema. Deferred values are accepted wherever a value may come: what the schema says about them,
 * or about a choice that holds them, is left until they are resolved; only that an entity is given where none fits is told now.
 */
export function validateConfig(gathered: CheckedConfig, type: CheckedType, at: TypePlace, state: PlanState): void {
  const shape = shapeOfConfig(gathered.config);
  if (shape !== null && state.memory.accepts(type.config, shape)) return;
  const said = addIssues(gathered, type, at, state);
  if (shape !== null && said === 0) state.memory.accept(type.config, shape);
}

/** How many there are. */
function addIssues(gathered: CheckedConfig, type: CheckedType, at: TypePlace, state: PlanState): number {
  const result = type.config.safeParse(withReferences(gathered.config));
  let said = 0;
  for (const issue of result.error?.issues ?? []) {
    const found = valueAt(gathered.config, issue.path);
    const isEntity = isDeferred(found) && expressionGives(found.$dsl) === 'entity';
    if (!isEntity && holdsDeferred(found) && issue.path.length > 0) continue;
    if (found === undefined && issue.path.length > 0 && state.completedLater) continue;
    said += 1;
    if (isEntity) addEntityValue(gathered, issue.path, at, state);
    else addIssue(issue, gathered, type, at, state);
  }
  return said;
}

/** Entities as they will be resolved, so that a schema which takes references accepts them. */
function withReferences(value: ConfigMap): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReference(item)]));
}

function withReference(value: ConfigValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isDeferred(value)) return expressionGives(value.$dsl) === 'entity' ? { $entity: 'later' } : value;
  if (isNestedSpec(value) || isNestedObject(value)) return value;
  if (isConfigList(value)) return value.map(withReference);
  return withReferences(value);
}

function valueAt(config: ConfigMap, path: readonly PropertyKey[]): ConfigValue | undefined {
  let value: ConfigValue | undefined = config;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || isDeferred(value) || isNestedSpec(value) || isNestedObject(value)) return value;
    if (isConfigList(value)) value = value[Number(key)];
    else value = Object.hasOwn(value, String(key)) ? value[String(key)] : undefined;
  }
  return value;
}

function holdsDeferred(value: ConfigValue | undefined): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isDeferred(value)) return true;
  if (isNestedSpec(value)) return false;
  return (isConfigList(value) ? value : Object.values(value)).some(holdsDeferred);
}

function addEntityValue(gathered: CheckedConfig, path: readonly PropertyKey[], at: TypePlace, state: PlanState): void {
  const message = `${quoteText(String(path[0]))} needs a value, and the expression gives an entity.`;
  const hint = 'Add .attributeWhenReady("sensor") or .config("key").';
  state.findings.add('dsl-entity-value', { ...placeOf(gathered.places, path, at), message, hint });
}

function addIssue(issue: z.core.$ZodIssue, gathered: CheckedConfig, type: CheckedType, at: TypePlace, state: PlanState): void {
  const value = valueAt(gathered.config, issue.path);
  const key = issue.path.map(String).join('.');
  const place = placeOf(gathered.places, issue.path, at);
  if (value === undefined && issue.code === 'invalid_type') {
    state.findings.add('config-invalid', { ...place, message: `${type.title} needs ${quoteText(key)}.`, hint: issueText(issue) });
    return;
  }
  const text = issueText(issue).replace(/\.$/, '');
  const found = issue.code === 'invalid_key' ? undefined : value;
  const message = `${describe(key === '' ? type.title : quoteText(key), text, found)}.`.replace(/\?\.$/, '?');
  state.findings.add('config-invalid', { ...place, message });
}

/** “key”: what is wrong, and with which value, unless it may be a secret. */
function describe(key: string, text: string, value: ConfigValue | undefined): string {
  const isShown = typeof value !== 'object' && value !== undefined && !SECRET_WORDS.test(key);
  const got = isShown ? quoteText(String(value)) : null;
  if (got !== null && text.startsWith('needs')) return `${key}: ${text}, not ${got}`;
  return got !== null && /^(?:is|has|cannot|holds)\b/.test(text) ? `${key}: ${got} ${text}` : `${key}: ${text}`;
}

function placeOf(places: ReadonlyMap<string, ConfigPlace>, path: readonly PropertyKey[], at: TypePlace) {
  const [first, ...rest] = path;
  const place = places.get(String(first));
  if (place === undefined) {
    const service = at.path.replace(/\.?\w+$/, '');
    return { range: at.range, path: first === undefined ? service : joinPath(joinPath(service, 'brooklyn.config'), String(first)) };
  }
  const range = place.node === null ? place.keyRange : nodeAt(place.node, rest).range;
  return { range, path: rest.reduce<string>((text, key) => joinPath(text, typeof key === 'number' ? key : String(key)), place.path) };
}
