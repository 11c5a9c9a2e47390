import { writeRoot } from './replace-value.ts';
import { joinLines } from './text-lines.ts';
import { detectStyle } from './text-style.ts';
import { type EditValue, toWrittenNode } from './written-node.ts';

/** A new text for values, as Brooklyn's people write it; Compose's where services are a map. Null for what YAML cannot hold. */
export function writeText(value: EditValue): string | null {
  const node = toWrittenNode(value);
  if (node === null) return null;
  const style = detectStyle('', null);
  const services = node.kind === 'map' ? node.items.find(({ key }) => key.text === 'services')?.value : undefined;
  const listStep = services?.kind === 'map' ? style.step : style.listStep;
  return joinLines(writeRoot(node, { ...style, listStep }), style.newline);
}
