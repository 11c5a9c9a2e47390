import { type BlueprintGraph, findNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import type { EditOperation } from '@/server/domain/blueprint-edit/edit-operation.ts';
import type { NamedChange } from '@/server/domain/blueprint-edit/named-change.ts';
import { type EditValue, isList } from '@/server/domain/blueprint-edit/written-node.ts';
import type { YamlPath } from '@/server/domain/blueprint-edit/yaml-path.ts';

/** A place that a blueprint names, and who runs there. */
export interface Locations {
  readonly key: string;
  readonly text: string;
  /** The application runs there, and all in it that say nothing else. */
  readonly isWhole: boolean;
  readonly of: readonly YamlPath[];
}

/** Every location once, in the order of the text. */
export function locationsIn({ nodes, format }: BlueprintGraph): readonly Locations[] {
  if (format !== 'camp') return [];
  const found = new Map<string, { of: YamlPath[]; isWhole: boolean }>();
  for (const { fields, path, role } of nodes) {
    for (const { key, value, place } of fields) {
      if (place !== 'root' || (key !== 'location' && key !== 'locations')) continue;
      for (const text of textsOf(value)) {
        const one = found.get(text) ?? { of: [], isWhole: false };
        one.of.push(path);
        if (role === 'application') one.isWhole = true;
        found.set(text, one);
      }
    }
  }
  return [...found].map(([text, one]) => ({ key: locationKey(text), text, ...one }));
}

export function locationKey(text: string): string {
  return `location ${text}`;
}

function textsOf(value: EditValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value)) return value.flatMap(textsOf);
  return Object.keys(value).slice(0, 1);
}

/** Another location for all that run in this one, where it is written as a name. */
export function renameLocation(graph: BlueprintGraph, { text, of }: Locations, to: string): NamedChange {
  const operations = of.flatMap((path): readonly EditOperation[] => {
    const fields =
      findNode(graph, path)?.fields.filter(({ key, place }) => place === 'root' && (key === 'location' || key === 'locations')) ?? [];
    return fields.flatMap((field): readonly EditOperation[] => {
      if (field.value === text) return [{ kind: 'set', path: field.path, value: to }];
      if (typeof field.value !== 'object' || field.value === null || !isList(field.value)) return [];
      return field.value.flatMap((one, index) => (one === text ? [{ kind: 'set' as const, path: [...field.path, index], value: to }] : []));
    });
  });
  return { ok: true, name: `Set the location to ${to}`, operations };
}
