import { DSL_PREFIX } from '../blueprint/dsl-functions.ts';
import { type BlueprintGraph, findNode, type GraphNode } from './blueprint-graph.ts';
import { setConfig, setConfigItem } from './change-field.ts';
import { labelOf, renameNode } from './change-node.ts';
import { freshName } from './fresh-name.ts';
import type { NamedChange } from './named-change.ts';
import { type Refusal, refuse } from './refusal.ts';
import { formatPath, type YamlPath } from './yaml-path.ts';

/** What is read of an entity: a sensor once it has a value, a config key, or the entity itself. */
export type ReadThing = { readonly kind: 'sensor' | 'config'; readonly name: string } | { readonly kind: 'entity' };

export interface Wire {
  /** Whose sensor or config is read. */
  readonly from: YamlPath;
  readonly read: ReadThing;
  /** Who reads it. */
  readonly to: YamlPath;
  readonly key: string;
  /** For a config key that holds a map, such as the environment: the key in it. */
  readonly item?: string;
}

/** Writes the expression that leads from one node to another. What is read gets an id when it has none. */
export function wireReference(graph: BlueprintGraph, { from, read, to, key, item }: Wire): NamedChange | Refusal {
  const [source, target] = [findNode(graph, from), findNode(graph, to)];
  if (source === undefined || target === undefined) {
    return refuse('path-missing', `There is no part of the blueprint at ${formatPath(source === undefined ? from : to)}.`);
  }
  if (graph.format !== 'camp') return refuse('wrong-kind', 'A Compose file has no references to sensors. Show it as CAMP to write some.');
  const id = source.id ?? freshId(graph, source);
  const named = source.id === null ? renameNode(graph, from, id) : null;
  if (named !== null && !named.ok) return named;
  const value = expression(id, read);
  const written = item === undefined ? setConfig(graph, to, key, value) : setConfigItem(graph, to, { key, item }, value);
  if (!written.ok) return written;
  return {
    ok: true,
    name: `Wire ${labelOf(source)} to ${item ?? key} of ${labelOf(target)}`,
    operations: [...(named?.operations ?? []), ...written.operations],
  };
}

export function expression(id: string, read: ReadThing): string {
  const component = `${DSL_PREFIX}component(${JSON.stringify(id)})`;
  if (read.kind === 'entity') return component;
  return `${component}.${read.kind === 'sensor' ? 'attributeWhenReady' : 'config'}(${JSON.stringify(read.name)})`;
}

/** An id that reads as the node does: `Load balancer` → `load-balancer`. */
export function freshId({ nodes }: BlueprintGraph, { name, type, role }: Pick<GraphNode, 'name' | 'type' | 'role'>): string {
  const words = (
    name ??
    type
      ?.replace(/^docker:/, '')
      .replace(/[:@].*$/, '')
      .split(/[./]/)
      .at(-1) ??
    role
  )
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return freshName(words === '' ? role : words, new Set(nodes.flatMap(({ id }) => id ?? [])));
}
