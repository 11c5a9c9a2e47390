import { type BlueprintGraph, findNode, type GraphNode } from './blueprint-graph.ts';
import { toBlueprintValue } from './blueprint-value.ts';
import { CAMP_CONTAINERS } from './camp-nodes.ts';
import { addNode, type NewNode } from './change-node.ts';
import type { EditOperation } from './edit-operation.ts';
import { openText } from './editable-text.ts';
import { freshName } from './fresh-name.ts';
import type { NamedChange } from './named-change.ts';
import { readGraph } from './read-graph.ts';
import { type Refusal, refuse } from './refusal.ts';
import { referencesIn, renameReferences } from './rename-references.ts';
import { writeText } from './write-text.ts';
import { type EditValue, isList } from './written-node.ts';
import { isPathBelow, type YamlPath } from './yaml-path.ts';

/** The nodes as a text of their own, which can be pasted into any blueprint. Null for what cannot stand alone. */
export function copyNodes(graph: BlueprintGraph, paths: readonly YamlPath[]): string | null {
  const outermost = paths.filter((path) => path.length > 0 && !paths.some((other) => other !== path && isPathBelow(path, other)));
  const copied = outermost.flatMap((path) => findNode(graph, path) ?? []);
  if (copied.length === 0) return null;
  if (graph.format === 'compose') return writeText(composeValue(graph, copied));
  const whole = toBlueprintValue(graph);
  const keys = new Map([...CAMP_CONTAINERS].map(([key, role]) => [role, key]));
  const lists = Object.entries(
    Object.groupBy(copied, ({ role }) => (ENTITIES.has(role) ? 'services' : (keys.get(role) ?? 'services'))),
  ).map(([key, nodes = []]): [string, EditValue] => [key, nodes.map(({ path }) => valueAt(whole, path))]);
  return writeText(Object.fromEntries(lists));
}

/** Adds what `copyNodes` gave, or any blueprint, with fresh ids where theirs are taken; references among them follow. */
export function pasteNodes(graph: BlueprintGraph, parent: YamlPath, text: string): NamedChange | Refusal {
  const pasted = readPasted(text);
  if (pasted === null || pasted.nodes.length < 2) return refuse('wrong-kind', 'What was copied is no part of a blueprint.');
  if (pasted.format !== graph.format) {
    return refuse('wrong-kind', 'What was copied is in another language than this blueprint: CAMP and Compose do not mix.');
  }
  const value = withFreshIds(graph, pasted);
  if (value === null) return refuse('value-invalid', 'What was copied cannot be written here.');
  const operations: EditOperation[] = [];
  let pastedNodes = 0;
  for (const node of pasted.nodes) {
    if (node.parent === null || node.parent.length > 0) continue;
    const added = addNode(graph, placeOf(graph, node, { parent, spec: specAt(value, node.path) }));
    if (!added.ok) return added;
    operations.push(...added.operations);
    pastedNodes += 1;
  }
  return { ok: true, name: pastedNodes === 1 ? 'Paste' : `Paste ${pastedNodes} parts`, operations };
}

const ENTITIES: ReadonlySet<string> = new Set(['service', 'child', 'member', 'first-member', 'spec']);

interface PastedNode {
  readonly parent: YamlPath;
  readonly spec: NewNode['spec'];
}

function placeOf(graph: BlueprintGraph, { role, path }: GraphNode, { parent, spec }: PastedNode): NewNode {
  if (graph.format === 'compose') {
    const taken = new Set(graph.nodes.flatMap((node) => (node.role === role ? (node.id ?? []) : [])));
    return { role, parent: [], spec, key: freshName(String(path.at(-1)), taken) };
  }
  if (role !== 'service') return { role, parent, spec };
  return parent.length === 0 ? { role, parent, spec } : { role: 'child', parent, spec };
}

/** A list of entities is what stands in `services`. */
function readPasted(text: string): BlueprintGraph | null {
  const opened = openText(text);
  if (!opened.ok) return null;
  const { source } = opened;
  if (source.root?.kind !== 'list') return readGraph(source);
  const listed = openText(`services:\n${text.replace(/^/gm, '  ')}`);
  return listed.ok ? readGraph(listed.source) : null;
}

function withFreshIds(graph: BlueprintGraph, pasted: BlueprintGraph): EditValue | null {
  const value = toBlueprintValue(pasted);
  if (pasted.format === 'compose') return value;
  const taken = new Set(graph.nodes.flatMap(({ id }) => id ?? []));
  const ids = new Map<string, string>();
  for (const { id } of pasted.nodes) {
    if (id === null || ids.has(id)) continue;
    const free = freshName(id, taken);
    taken.add(free);
    if (free !== id) ids.set(id, free);
  }
  const inside = referencesIn(pasted).filter(({ target }) => ids.has(target));
  const operations: EditOperation[] = [
    ...pasted.nodes.flatMap((node): readonly EditOperation[] => {
      const free = node.id === null ? undefined : ids.get(node.id);
      return free === undefined ? [] : [{ kind: 'set', path: [...node.path, 'id'], value: free }];
    }),
    ...renameReferences(pasted, inside, ids, (path) => path),
  ];
  return operations.reduce<EditValue>((changed, operation) => perform(changed, operation), value);
}

function perform(value: EditValue, operation: EditOperation): EditValue {
  if (operation.kind === 'set') return changeAt(value, operation.path, () => operation.value);
  if (operation.kind !== 'rename') return value;
  const { path, key } = operation;
  return changeAt(value, path.slice(0, -1), (map) =>
    typeof map !== 'object' || map === null || isList(map)
      ? map
      : Object.fromEntries(Object.entries(map).map(([name, below]) => [name === path.at(-1) ? key : name, below])),
  );
}

function changeAt(value: EditValue, path: YamlPath, change: (value: EditValue) => EditValue): EditValue {
  const [key, ...below] = path;
  if (key === undefined) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item, index) => (index === key ? changeAt(item, below, change) : item));
  return { ...value, [key]: changeAt(value[key] ?? null, below, change) };
}

function valueAt(value: EditValue, path: YamlPath): EditValue {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return null;
    at = (isList(at) ? at[Number(key)] : at[key]) ?? null;
  }
  return at;
}

function specAt(value: EditValue, path: YamlPath): NewNode['spec'] {
  const spec = valueAt(value, path);
  return typeof spec !== 'object' || spec === null || isList(spec) ? {} : spec;
}

function composeValue(graph: BlueprintGraph, nodes: readonly GraphNode[]): EditValue {
  const whole = toBlueprintValue(graph);
  const value: Record<string, Record<string, EditValue>> = { services: {} };
  for (const { path } of nodes) {
    const [section = 'services', key = ''] = path.map(String);
    value[section] = { ...value[section], [key]: valueAt(whole, path) };
  }
  return value;
}
