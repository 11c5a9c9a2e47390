import { type BlueprintGraph, findNode, type GraphField, type GraphNode } from './blueprint-graph.ts';
import { labelOf } from './change-node.ts';
import type { EditOperation } from './edit-operation.ts';
import type { NamedChange } from './named-change.ts';
import { networkField, networksIn } from './node-networks.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type EditValue, isList } from './written-node.ts';
import { formatPath, type YamlPath } from './yaml-path.ts';

/**
 * Sets a config key of a node where it already stands: in `brooklyn.config`, in `brooklyn.flags` or at its root. A key that is not
 * there goes into `brooklyn.config`, in Compose to the root.
 */
export function setConfig(graph: BlueprintGraph, path: YamlPath, key: string, value: EditValue): NamedChange | Refusal {
  return onNode(graph, path, (node) => ({
    name: `Set ${key} of ${labelOf(node)}`,
    operations: [{ kind: 'set', path: findField(node, key)?.path ?? newConfigPath(graph, path, key), value }],
  }));
}

export function removeConfig(graph: BlueprintGraph, path: YamlPath, key: string): NamedChange | Refusal {
  return onField(graph, path, key, (field, node) => ({
    name: `Remove ${key} of ${labelOf(node)}`,
    operations: [{ kind: 'remove', path: field.path, whenEmpty: 'remove' }],
  }));
}

/** Sets a key in a config key that holds a map, such as the environment; what holds something else is made one. */
export function setConfigItem(graph: BlueprintGraph, path: YamlPath, { key, item }: ConfigItem, value: EditValue): NamedChange | Refusal {
  return onNode(graph, path, (node) => {
    const field = findField(node, key);
    const map = field?.path ?? newConfigPath(graph, path, key);
    const isMap = field === undefined || (typeof field.value === 'object' && field.value !== null && !isList(field.value));
    const emptied: readonly EditOperation[] = isMap ? [] : [{ kind: 'set', path: map, value: {} }];
    return { name: `Set ${item} of ${labelOf(node)}`, operations: [...emptied, { kind: 'set', path: [...map, item], value }] };
  });
}

export function removeConfigItem(graph: BlueprintGraph, path: YamlPath, { key, item }: ConfigItem): NamedChange | Refusal {
  return onField(graph, path, key, (field, node) => ({
    name: `Remove ${item} of ${labelOf(node)}`,
    operations: [{ kind: 'remove', path: [...field.path, item], whenEmpty: 'remove' }],
  }));
}

export interface ConfigItem {
  readonly key: string;
  readonly item: string;
}

export function renameConfig(graph: BlueprintGraph, path: YamlPath, key: string, fresh: string): NamedChange | Refusal {
  return onField(graph, path, key, (field, node) => ({
    name: `Rename ${key} of ${labelOf(node)} to ${fresh}`,
    operations: [{ kind: 'rename', path: field.path, key: fresh }],
  }));
}

/** Adds a location: as `location`, or to `locations` when there is one already. */
export function addLocation(graph: BlueprintGraph, path: YamlPath, location: EditValue): NamedChange | Refusal {
  return onNode(graph, path, (node) => {
    const [one, many] = [rootField(node, 'location'), rootField(node, 'locations')];
    const operations: readonly EditOperation[] =
      many !== undefined
        ? [{ kind: 'insert', into: many.path, value: location }]
        : one === undefined
          ? [{ kind: 'set', path: [...path, 'location'], value: location }]
          : [
              { kind: 'rename', path: one.path, key: 'locations' },
              { kind: 'set', path: [...path, 'locations'], value: [one.value, location] },
            ];
    return { name: `Add a location to ${labelOf(node)}`, operations };
  });
}

/** Removes the location at a position; `location` is the one at 0. */
export function removeLocation(graph: BlueprintGraph, path: YamlPath, position: number): NamedChange | Refusal {
  const key = rootField(findNode(graph, path), 'locations') === undefined ? 'location' : 'locations';
  return onField(graph, path, key, (field, node) => ({
    name: `Remove a location of ${labelOf(node)}`,
    operations: [{ kind: 'remove', path: isListed(field.value) ? [...field.path, position] : field.path, whenEmpty: 'remove' }],
  }));
}

/** Attaches an entity to a network, by the name of the network. */
export function joinNetwork(graph: BlueprintGraph, path: YamlPath, network: string): NamedChange | Refusal {
  return onNode(graph, path, (node) => {
    const field = networkField(node, graph.format);
    const into = field?.path ?? newConfigPath(graph, path, graph.format === 'camp' ? 'network.list' : 'networks');
    const named = field !== undefined && !isListed(field.value) && field.value !== null;
    return {
      name: `Attach ${labelOf(node)} to ${network}`,
      operations: [named ? { kind: 'insert', into, key: network, value: null } : { kind: 'insert', into, value: network }],
    };
  });
}

export function leaveNetwork(graph: BlueprintGraph, path: YamlPath, network: string): NamedChange | Refusal {
  const node = findNode(graph, path);
  const field = node === undefined ? undefined : networkField(node, graph.format);
  if (field === undefined) return refuse('path-missing', `${formatPath(path)} names no networks.`);
  const entry = networksIn(field.value).find(({ name }) => name === network)?.entry;
  if (entry === undefined) return refuse('path-missing', `${formatPath(path)} names no network ${network}.`);
  return onNode(graph, path, (of) => {
    return {
      name: `Detach ${labelOf(of)} from ${network}`,
      operations: [{ kind: 'remove', path: [...field.path, ...entry], whenEmpty: 'remove' }],
    };
  });
}

type Made = Omit<NamedChange, 'ok'>;

function onNode(graph: BlueprintGraph, path: YamlPath, make: (node: GraphNode) => Made): NamedChange | Refusal {
  const node = findNode(graph, path);
  if (node === undefined) return refuse('path-missing', `There is no part of the blueprint at ${formatPath(path)}.`);
  return { ok: true, ...make(node) };
}

function onField(
  graph: BlueprintGraph,
  path: YamlPath,
  key: string,
  make: (field: GraphField, node: GraphNode) => Made,
): NamedChange | Refusal {
  const field = findField(findNode(graph, path), key);
  if (field === undefined) return refuse('path-missing', `${formatPath(path)} has no ${key}.`);
  return onNode(graph, path, (node) => make(field, node));
}

/** The planner takes `brooklyn.config` before `brooklyn.flags` before the root. */
function findField(node: GraphNode | undefined, key: string): GraphField | undefined {
  const named = node?.fields.filter((field) => field.key === key) ?? [];
  return named.find(({ place }) => place === 'brooklyn.config') ?? named.find(({ place }) => place === 'brooklyn.flags') ?? named[0];
}

function rootField(node: GraphNode | undefined, key: string): GraphField | undefined {
  return node?.fields.find((field) => field.place === 'root' && field.key === key);
}

function newConfigPath({ format }: BlueprintGraph, path: YamlPath, key: string): YamlPath {
  return format === 'camp' ? [...path, 'brooklyn.config', key] : [...path, key];
}

function isListed(value: EditValue): value is readonly EditValue[] {
  return typeof value === 'object' && value !== null && isList(value);
}
