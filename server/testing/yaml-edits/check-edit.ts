import { expect } from 'vitest';
import type { EditOperation } from '../../domain/blueprint-edit/edit-operation.ts';
import type { EditableText } from '../../domain/blueprint-edit/editable-text.ts';
import { openText } from '../../domain/blueprint-edit/editable-text.ts';
import { performOperations } from '../../domain/blueprint-edit/perform-operations.ts';
import { applyEdits } from '../../domain/blueprint-edit/text-edit.ts';
import { applyToReference, readReference, settle, settleUnordered } from './reference-value.ts';
import { strayLines } from './stray-lines.ts';

/** Performs an operation and checks all that is promised of it. The text after; the same text when the operation is refused. */
export function checkEdit(source: EditableText, operation: EditOperation): { readonly source: EditableText; readonly done: boolean } {
  const result = performOperations(source, 'edit', [operation]);
  const about = () =>
    `${JSON.stringify(operation)}\n--- before ${JSON.stringify(source.text)}\n${source.text}\n--- after\n${result.ok ? result.source.text : `${result.code} ${result.message}`}\n---`;
  const reference = applyToReference(readReference(source.text), operation);
  if (!result.ok) {
    const isFirm = FIRM.has(result.code) && !(result.code === 'layout' && KEEPS.test(source.text));
    expect(isFirm && reference !== null, `should be possible: ${about()}`).toBe(false);
    return { source, done: false };
  }
  const { text } = result.source;
  const { edits, inverse } = result.transaction;
  expect(applyEdits(source.text, edits), about()).toBe(text);
  expect(applyEdits(text, inverse), `undo ${about()}`).toBe(source.text);
  expect(reference, `should be refused: ${about()}`).not.toBeNull();
  if (reference !== null) {
    const after = readReference(text);
    const ordered = operation.kind !== 'set' && !/<<: /.test(source.text);
    if (ordered) expect(settle(after), about()).toEqual(settle(reference));
    else expect(settleUnordered(after), about()).toEqual(settleUnordered(reference));
  }
  expect(strayLines(source.text, edits, operation), `other lines changed: ${about()}`).toEqual([]);
  const opened = openText(text);
  expect(opened.ok && { ...opened.source, style: null }, `kept tree differs: ${about()}`).toEqual({ ...result.source, style: null });
  return { source: result.source, done: true };
}

/** These refusals say that the operation means nothing; any other may be about how the text is written. */
const FIRM: ReadonlySet<string> = new Set(['path-missing', 'wrong-kind', 'key-exists', 'layout', 'not-yaml', 'too-large']);

/** A block scalar that keeps the blank lines after it would take those of its new place as well. */
const KEEPS = /[|>][1-9]?\+/;
