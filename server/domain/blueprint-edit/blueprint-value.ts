import type { BlueprintGraph } from './blueprint-graph.ts';
import type { EditValue } from './written-node.ts';
import type { YamlPath } from './yaml-path.ts';

type Part = EditValue | Part[] | Map<string, Part>;

/** The blueprint that a graph draws, as values to be written. */
export function toBlueprintValue({ format, nodes }: BlueprintGraph): EditValue {
  const root = new Map<string, Part>();
  for (const { path, fields } of nodes) {
    put(root, path, new Map());
    for (const field of fields) put(root, field.path, field.value);
  }
  // A map of services, also of none, is what makes a text Compose's.
  if (format === 'compose' && !root.has('services')) root.set('services', new Map());
  return toEditValue(root);
}

/** Puts a value at a path, with the lists and maps on the way. */
function put(root: Part, path: YamlPath, value: Part): void {
  let at = root;
  for (const [depth, key] of path.entries()) {
    const below = path[depth + 1];
    const old: Part | undefined = at instanceof Map ? at.get(String(key)) : Array.isArray(at) ? at[Number(key)] : undefined;
    const fresh = below === undefined ? value : (old ?? (typeof below === 'number' ? [] : new Map<string, Part>()));
    if (at instanceof Map) at.set(String(key), fresh);
    else if (Array.isArray(at)) at[Number(key)] = fresh;
    at = fresh;
  }
}

function toEditValue(part: Part): EditValue {
  if (part instanceof Map) return Object.fromEntries([...part].map(([key, below]) => [key, toEditValue(below)]));
  return Array.isArray(part) ? part.map(toEditValue) : part;
}
