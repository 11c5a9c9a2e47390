import { composeEdits } from './compose-edits.ts';
import { invertEdits, type TextEdits } from './text-edit.ts';

/** One step of work on a text, with its name for people ("Add service redis") and what takes it back. */
export interface Transaction {
  readonly name: string;
  readonly edits: TextEdits;
  readonly inverse: TextEdits;
}

/** Steps done and steps undone, the latest last. */
export interface EditHistory {
  readonly done: readonly Transaction[];
  readonly undone: readonly Transaction[];
}

/** The history after a step back or forward, and the edits that make it in the text. */
export interface HistoryStep {
  readonly history: EditHistory;
  readonly transaction: Transaction;
}

export const EMPTY_HISTORY: EditHistory = { done: [], undone: [] };

/** Older steps can no longer be undone. */
const MOST_STEPS = 500;

export function toTransaction(name: string, text: string, edits: TextEdits): Transaction {
  return { name, edits, inverse: invertEdits(text, edits) };
}

/** Two steps as one; `second` follows `first`. */
export function composeTransactions(name: string, first: Transaction, second: Transaction): Transaction {
  return { name, edits: composeEdits(first.edits, second.edits), inverse: composeEdits(second.inverse, first.inverse) };
}

export function invertTransaction(transaction: Transaction): Transaction {
  return { name: transaction.name, edits: transaction.inverse, inverse: transaction.edits };
}

/** A new step: what was undone before can no longer be redone. A step that changes nothing is not one. */
export function recordTransaction(history: EditHistory, transaction: Transaction): EditHistory {
  if (transaction.edits.length === 0) return history;
  return { done: [...history.done, transaction].slice(-MOST_STEPS), undone: [] };
}

/** The step joined to the one before it, as typing is; the name of that one stays. */
export function extendLastTransaction(history: EditHistory, transaction: Transaction): EditHistory {
  const last = history.done.at(-1);
  if (last === undefined) return recordTransaction(history, transaction);
  return { done: [...history.done.slice(0, -1), composeTransactions(last.name, last, transaction)], undone: [] };
}

/** Null when nothing is left to undo. */
export function undo(history: EditHistory): HistoryStep | null {
  const last = history.done.at(-1);
  if (last === undefined) return null;
  return {
    history: { done: history.done.slice(0, -1), undone: [...history.undone, last] },
    transaction: invertTransaction(last),
  };
}

/** Null when nothing was undone since the last new step. */
export function redo(history: EditHistory): HistoryStep | null {
  const last = history.undone.at(-1);
  if (last === undefined) return null;
  return { history: { done: [...history.done, last], undone: history.undone.slice(0, -1) }, transaction: last };
}
