import type { Json } from '../shared/json.ts';
import type { SourceNode } from './source-node.ts';

/** What YAML says, without places. Entries keep their order. */
export function toPlainValue(node: SourceNode): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlainValue);
  return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, toPlainValue(value)]));
}
