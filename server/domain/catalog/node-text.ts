import { stringify } from 'yaml';
import { createFindings } from '../blueprint/findings.ts';
import { readYaml } from '../blueprint/read-yaml.ts';
import type { SourceNode } from '../blueprint/source-node.ts';
import { toPlainValue } from '../blueprint/to-plain-value.ts';

/**
 * A value of a text as a text of its own: cut out with its comments and moved to the left where that reads as the same value, else
 * written anew (a flow value, one with aliases to anchors outside).
 */
export function nodeText(node: SourceNode, text: string): string {
  const wanted = JSON.stringify(toPlainValue(node));
  const cut = cutOut(node, text);
  const read = cut === null ? null : readYaml(cut, createFindings({ text: cut }));
  if (cut !== null && read !== null && JSON.stringify(toPlainValue(read)) === wanted) return cut;
  return stringify(toPlainValue(node), { lineWidth: 0 });
}

function cutOut({ range }: SourceNode, text: string): string | null {
  if (range.file !== undefined || range.end <= range.start) return null;
  const column = range.start - (text.lastIndexOf('\n', range.start - 1) + 1);
  const [first = '', ...rest] = text.slice(range.start, range.end).split('\n');
  const indent = ' '.repeat(column);
  const lines = rest.map((line) => (line.startsWith(indent) ? line.slice(column) : line.trimStart()));
  return `${[first, ...lines].join('\n').trimEnd()}\n`;
}
