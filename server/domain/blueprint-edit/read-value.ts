import { openText } from './editable-text.ts';
import { readRoot, valueIn } from './reading.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { EditValue } from './written-node.ts';

export interface ReadValue {
  readonly ok: true;
  readonly value: EditValue;
}

/** The value that a text of YAML holds; null for an empty text. */
export function readValue(text: string): ReadValue | Refusal {
  const opened = openText(text);
  if (!opened.ok) return refuse('not-yaml', opened.message);
  const root = readRoot(opened.source);
  return { ok: true, value: root === null ? null : valueIn(root) };
}
