import type { ApplicationPlan } from '../domain/blueprint/application-plan.ts';
import {
  type ConfigMap,
  type ConfigValue,
  isConfigList,
  isDeferred,
  isNestedObject,
  isNestedSpec,
} from '../domain/blueprint/config-value.ts';
import { nodesOf, toSpecTree } from '../domain/blueprint/spec-tree.ts';
import type { AdjunctSpec, EntitySpec } from '../domain/entity/entity-spec.ts';

/**
 * A plan as text to compare with: `type "name" #id @location` of each entity, indented below it its config, what it waits for, its
 * member and what is attached to it; children after `- `. Expressions stand as they are called, objects as `type(key: value)`.
 */
export function printPlan(plan: ApplicationPlan): string {
  const labels = new Map([...nodesOf(toSpecTree(plan.root))].map(({ spec }) => [spec.path, spec.planId ?? spec.path]));
  const waits = Map.groupBy(plan.waits, ({ waiter }) => waiter);
  const waitsOf = ({ path }: EntitySpec): readonly string[] =>
    (waits.get(path) ?? []).map(({ on, sensor, key }) => `waits for ${labels.get(on) ?? on} ${sensor ?? 'itself'} (${key})`);
  return printEntity(plan.root, '', waitsOf).join('\n');
}

type Waits = (spec: EntitySpec) => readonly string[];

function printEntity(spec: EntitySpec, lead: string, waits: Waits): readonly string[] {
  const { type, name, planId, location, locations = [], path: _, config, children, memberSpec, firstMemberSpec, ...rest } = spec;
  const { policies = [], enrichers = [], initializers = [], ...others } = rest;
  const places = locations.map(({ kind, target, options }) => {
    return `${[...(kind === 'named' ? [] : [kind]), target].filter(Boolean).join(':')}${Object.keys(options).length === 0 ? '' : flow(options)}`;
  });
  const header = [
    `${lead}${type} ${JSON.stringify(name)}`,
    ...(planId === null ? [] : [`#${planId}`]),
    ...(location === null ? [] : [`@${location}`]),
    ...(places.length === 0 ? [] : [`@[${places.join(', ')}]`]),
  ].join(' ');
  return [
    header,
    ...indent([
      ...printMap(config, waits),
      ...Object.entries(others).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
      ...waits(spec),
      ...(memberSpec === null ? [] : printEntity(memberSpec, 'member: ', waits)),
      ...(firstMemberSpec === undefined ? [] : printEntity(firstMemberSpec, 'first member: ', waits)),
      ...policies.flatMap((adjunct) => printAdjunct(adjunct, 'policy', waits)),
      ...enrichers.flatMap((adjunct) => printAdjunct(adjunct, 'enricher', waits)),
      ...initializers.flatMap((adjunct) => printAdjunct(adjunct, 'initializer', waits)),
      ...children.flatMap((child) => printEntity(child, '- ', waits)),
    ]),
  ];
}

function printAdjunct({ type, id, name, config }: AdjunctSpec, kind: string, waits: Waits): readonly string[] {
  const labels = [...(name === undefined ? [] : [JSON.stringify(name)]), ...(id === undefined ? [] : [`#${id}`])];
  return [[`${kind}: ${type}`, ...labels].join(' '), ...indent(printMap(config, waits))];
}

function printMap(map: ConfigMap, waits: Waits): readonly string[] {
  return Object.entries(map).flatMap(([key, value]) => printValue(key, value, waits));
}

function printValue(key: string, value: ConfigValue, waits: Waits): readonly string[] {
  if (typeof value === 'string' && value.includes('\n')) {
    const [style, text] = value.endsWith('\n') ? ['|', value.slice(0, -1)] : ['|-', value];
    return [`${key}: ${style}`, ...indent(text.split('\n'))];
  }
  if (typeof value !== 'object' || value === null || isConfigList(value) || isDeferred(value) || isNestedObject(value)) {
    return [`${key}: ${flow(value)}`];
  }
  if (isNestedSpec(value)) return [`${key}: spec`, ...indent(printEntity(value.$spec, '', waits))];
  return [`${key}:`, ...indent(printMap(value, waits))];
}

/** On one line. */
function flow(value: ConfigValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isDeferred(value)) return value.$dsl.text;
  if (isConfigList(value)) return `[${value.map(flow).join(', ')}]`;
  if (isNestedSpec(value)) return `spec ${JSON.stringify(value.$spec)}`;
  const entries = (map: ConfigMap) => Object.entries(map).map(([key, item]) => `${key}: ${flow(item)}`);
  if (isNestedObject(value)) return `${value.$object.type}(${entries(value.$object.config).join(', ')})`;
  return `{${entries(value).join(', ')}}`;
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
