import { isReservedKey } from '../blueprint/reserved-keys.ts';
import { checkAnchors } from './check-anchors.ts';
import { type Draft, type EditNote, renameIn, startDraft } from './draft.ts';
import { type Transaction, toTransaction } from './edit-history.ts';
import type { EditOperation, InsertOperation, RenameOperation } from './edit-operation.ts';
import type { EditableText } from './editable-text.ts';
import { findPlace } from './find-place.ts';
import { toChunk } from './item-chunk.ts';
import { copyItem, moveItem, putItem } from './move-item.ts';
import { type Refusal, refuse } from './refusal.ts';
import { removeAt } from './remove-value.ts';
import { setAt } from './set-value.ts';
import { toEdits } from './text-edit.ts';
import { type EditValue, isList, toWrittenNode, type WrittenNode } from './written-node.ts';
import { formatPath, type YamlPath } from './yaml-path.ts';

export type EditResult =
  | {
      readonly ok: true;
      readonly transaction: Transaction;
      /** The text after the edit, for the next one. */
      readonly source: EditableText;
      readonly notes: readonly EditNote[];
    }
  | Refusal;

/**
 * Performs operations one after the other as one step of work; each takes the paths of the text that those before it made. All or
 * none: the first refusal is the answer. Never throws.
 */
export function performOperations(source: EditableText, name: string, operations: readonly EditOperation[]): EditResult {
  let draft: Draft | Refusal = startDraft(source);
  for (const operation of operations) {
    if (draft.ok) draft = perform(draft, operation);
  }
  if (!draft.ok) return draft;
  const edits = toEdits(source.text, draft.edits);
  return { ok: true, transaction: toTransaction(name, source.text, edits), source: draft.source, notes: draft.notes };
}

function perform(draft: Draft, operation: EditOperation): Draft | Refusal {
  const done = performOne(draft, operation);
  return done.ok ? checkAnchors(draft, done, operation) : done;
}

function performOne(draft: Draft, operation: EditOperation): Draft | Refusal {
  switch (operation.kind) {
    case 'set': {
      const node = toNode(operation.value, operation.path);
      const bad = operation.path.map((key) => (typeof key === 'string' ? keyProblem(key) : null)).find((problem) => problem !== null);
      if (bad !== undefined) return bad;
      return isRefusal(node) ? node : setAt(draft, operation.path, node);
    }
    case 'insert':
      return insert(draft, operation);
    case 'remove':
      return removeAt(draft, operation.path, { whenEmpty: operation.whenEmpty ?? 'keep' });
    case 'rename':
      return rename(draft, operation);
    case 'move':
      return moveItem(draft, operation);
    case 'copy':
      return (operation.key === undefined ? null : keyProblem(operation.key)) ?? copyItem(draft, operation);
  }
}

function insert(draft: Draft, { into, key, value, at }: InsertOperation): Draft | Refusal {
  const node = toNode(value, into);
  const bad = key === undefined ? null : keyProblem(key);
  if (isRefusal(node)) return node;
  return bad ?? putItem(draft, into, { chunk: toChunk(key ?? null, node), at });
}

function rename(draft: Draft, { path, key }: RenameOperation): Draft | Refusal {
  const found = findPlace(draft.source, path);
  if (!found.found) return found.refusal;
  const { above } = found.place;
  if (above === null || above.item.key === null) return refuse('wrong-kind', `${formatPath(path)} has no key that could be renamed.`);
  if (above.item.key.text === key) return draft;
  const { collection } = above;
  const taken = collection.node.kind === 'map' && collection.node.items.some((entry) => entry.key.text === key);
  if (taken) return refuse('key-exists', `${formatPath(collection.path)} has a key “${key}” already.`);
  return keyProblem(key) ?? renameIn(draft, above, key);
}

function toNode(value: EditValue, path: YamlPath): WrittenNode | Refusal {
  const node = toWrittenNode(value);
  if (node === null)
    return refuse('value-invalid', `The value for ${formatPath(path)} is nested too deep, or holds a number that is none.`);
  return findKeyProblem(value) ?? node;
}

function findKeyProblem(value: EditValue): Refusal | null {
  if (typeof value !== 'object' || value === null) return null;
  const below = isList(value) ? value : Object.values(value);
  const keys = isList(value) ? [] : Object.keys(value);
  for (const problem of [...keys.map(keyProblem), ...below.map(findKeyProblem)]) if (problem !== null) return problem;
  return null;
}

/** YAML takes keys of at most 1,024 characters. */
function keyProblem(key: string): Refusal | null {
  if (isReservedKey(key)) return refuse('key-invalid', `The key “${key}” is reserved. Choose another.`);
  return key.length > 500 ? refuse('key-invalid', `The key “${key.slice(0, 60)}…” is longer than 500 characters.`) : null;
}

function isRefusal(node: WrittenNode | Refusal): node is Refusal {
  return 'ok' in node;
}
