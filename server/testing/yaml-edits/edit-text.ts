import type { EditOperation } from '../../domain/blueprint-edit/edit-operation.ts';
import { openText } from '../../domain/blueprint-edit/editable-text.ts';
import { performOperations } from '../../domain/blueprint-edit/perform-operations.ts';

/** The text after the operations, or `refused: <code>`. */
export function editText(text: string, ...operations: EditOperation[]): string {
  const result = editWithNotes(text, ...operations);
  return result.text;
}

/** With what people are told of the edit: the message of a refusal, or the notes. */
export function editWithNotes(text: string, ...operations: EditOperation[]): { readonly text: string; readonly told: readonly string[] } {
  const opened = openText(text);
  if (!opened.ok) return { text: `refused: ${opened.code}`, told: [opened.message] };
  const result = performOperations(opened.source, 'edit', operations);
  if (!result.ok) return { text: `refused: ${result.code}`, told: [result.message] };
  return { text: result.source.text, told: result.notes.map(({ code, message }) => `${code}: ${message}`) };
}

/** Text of an example without its indentation and its first line break. */
export function yaml(parts: TemplateStringsArray, ...values: readonly string[]): string {
  const text = String.raw({ raw: parts.raw }, ...values);
  const lines = text.split('\n').slice(1);
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n');
}
