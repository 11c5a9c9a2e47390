import { type PrintValue, printYaml } from './print-yaml.ts';
import type { SourceMap, SourceNode } from './source-node.ts';

/** A blueprint as CAMP YAML, whatever language it was read from. Comments and anchors of its text are not in its values. */
export function printCamp(source: SourceMap): string {
  return printYaml(toMap(source));
}

function toMap({ entries }: SourceMap): { readonly entries: readonly { readonly key: string; readonly value: PrintValue }[] } {
  return { entries: [...entries.values()].map(({ key, value }) => ({ key, value: toValue(value) })) };
}

function toValue(node: SourceNode): PrintValue {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toValue);
    case 'map':
      return toMap(node);
  }
}
