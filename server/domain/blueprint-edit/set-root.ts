import { type BlueprintGraph, findNode } from './blueprint-graph.ts';
import { labelOf } from './change-node.ts';
import type { NamedChange } from './named-change.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { EditValue } from './written-node.ts';
import { formatPath, type YamlPath } from './yaml-path.ts';

/** Sets a key that stands in a node itself and is no config: its name, where it runs. A name comes first in the blueprint, else after the id or type. */
export function setRoot(graph: BlueprintGraph, path: YamlPath, key: string, value: EditValue): NamedChange | Refusal {
  const node = findNode(graph, path);
  if (node === undefined) return refuse('path-missing', `There is no part of the blueprint at ${formatPath(path)}.`);
  const name = `Set ${key} of ${labelOf(node)}`;
  const own = node.fields.filter(({ place, shared }) => place === 'root' && !shared);
  if (own.some((field) => field.key === key)) return { ok: true, name, operations: [{ kind: 'set', path: [...path, key], value }] };
  if (graph.nodes.length === 1 && own.length === 0 && path.length === 0)
    return { ok: true, name, operations: [{ kind: 'set', path: [key], value }] };
  const before = key === 'name' ? ['id', 'type', 'serviceType', 'service_type'] : ['name', 'id', 'type', 'serviceType', 'service_type'];
  const at = Math.max(-1, ...before.map((one) => own.findIndex((field) => field.key === one))) + 1;
  return { ok: true, name, operations: [{ kind: 'insert', into: path, key, value, at }] };
}
