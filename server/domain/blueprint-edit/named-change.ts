import type { EditOperation } from './edit-operation.ts';
import type { EditableText } from './editable-text.ts';
import { type EditResult, performOperations } from './perform-operations.ts';
import type { Refusal } from './refusal.ts';

/** A step of work on a blueprint: operations on its text, with the name that the history shows. */
export interface NamedChange {
  readonly ok: true;
  readonly name: string;
  readonly operations: readonly EditOperation[];
}

export function performChange(source: EditableText, change: NamedChange | Refusal): EditResult {
  return change.ok ? performOperations(source, change.name, change.operations) : change;
}
