import type { YamlCollection, YamlNode } from './yaml-tree.ts';

/** How a text is written, for what is added to it. */
export interface TextStyle {
  readonly newline: '\n' | '\r\n';
  /** Columns from a map to the map in it. */
  readonly step: number;
  /** Columns from a key to the list below it. */
  readonly listStep: number;
  /** Columns from a `-` to what follows it. */
  readonly dash: number;
  /** Where quotes are needed. */
  readonly quote: 'single' | 'double';
  /** Between braces and what is in them: `{ a: 1 }`. */
  readonly padding: '' | ' ';
  /** Text of several lines may be written as a block scalar. */
  readonly blockText: boolean;
}

/** The first example of each decides; without one, Brooklyn's habits, or Compose's where services are a map. */
export function detectStyle(text: string, root: YamlNode | null): TextStyle {
  const seen: Seen = { step: null, listStep: null, dash: null, padding: null, single: 0, double: 0 };
  if (root !== null) look(root, 0, text, seen);
  const step = seen.step ?? 2;
  const services = root?.kind === 'map' ? root.items.find(({ key }) => key.text === 'services')?.value : undefined;
  return {
    newline: /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n',
    step,
    listStep: seen.listStep ?? (services?.kind === 'map' ? step : 0),
    dash: seen.dash ?? 2,
    quote: seen.single > seen.double ? 'single' : 'double',
    padding: seen.padding ?? ' ',
    blockText: true,
  };
}

interface Seen {
  step: number | null;
  listStep: number | null;
  dash: number | null;
  padding: '' | ' ' | null;
  single: number;
  double: number;
}

function look(node: YamlNode, base: number, text: string, seen: Seen): void {
  if (node.kind === 'alias') return;
  if (node.kind === 'scalar') {
    if (node.style === 'single') seen.single += 1;
    if (node.style === 'double') seen.double += 1;
    return;
  }
  if (node.style === 'flow' && node.kind === 'map' && node.items.length > 0) {
    seen.padding ??= text[base + node.from + 1] === '}' || text[base + node.from + 1] === ' ' ? ' ' : '';
  }
  for (const { at, value } of node.items) {
    if (node.style === 'block' && (value.kind === 'map' || value.kind === 'list') && value.style === 'block') lookAtStep(node, value, seen);
    look(value, base + at, text, seen);
  }
}

function lookAtStep(outer: YamlCollection, inner: YamlCollection, seen: Seen): void {
  const columns = inner.column - outer.column;
  if (outer.kind === 'list') seen.dash ??= columns;
  else if (inner.kind === 'map') seen.step ??= columns;
  else seen.listStep ??= columns;
}

/** The style around one collection: what its items and those around it do counts before what the rest of the text does. */
export function styleAround(collections: readonly YamlCollection[], style: TextStyle): TextStyle {
  const seen: Seen = { step: null, listStep: null, dash: null, padding: null, single: 0, double: 0 };
  for (const collection of collections) {
    if (collection.style !== 'block') continue;
    for (const { value } of collection.items) {
      if ((value.kind === 'map' || value.kind === 'list') && value.style === 'block') lookAtStep(collection, value, seen);
    }
  }
  return { ...style, step: seen.step ?? style.step, listStep: seen.listStep ?? style.listStep, dash: seen.dash ?? style.dash };
}
