import { advanceUnlinked } from './advance-text.ts';
import { linkAnchors } from './anchor-links.ts';
import { type ItemInsertion, insertItem, removeItem } from './change-items.ts';
import { composeEdits } from './compose-edits.ts';
import type { EditableText } from './editable-text.ts';
import { onlyItem, withItems, withValue } from './expected-tree.ts';
import { type ItemPlace, isCollection, type Place, startOf } from './place.ts';
import { type Refusal, refuse } from './refusal.ts';
import { replaceValue } from './replace-value.ts';
import { type TextEdit, type TextEdits, toEdits } from './text-edit.ts';
import { writeKey } from './write-scalar.ts';
import { isSameNode, type WrittenNode } from './written-node.ts';

/** Something that people should know about an edit that was made. */
export interface EditNote {
  readonly code: 'alias-replaced' | 'alias-overridden' | 'merge-overridden' | 'anchor-shared' | 'anchors-dropped';
  readonly message: string;
}

/** An operation under way: the text so far, and the edits that made it of the text before. */
export interface Draft {
  readonly ok: true;
  readonly source: EditableText;
  readonly edits: TextEdits;
  readonly notes: readonly EditNote[];
}

export function startDraft(source: EditableText): Draft {
  return { ok: true, source, edits: [], notes: [] };
}

export function noteIn(draft: Draft, note: EditNote): Draft {
  return { ...draft, notes: [...draft.notes, note] };
}

/** Another value at a place; an anchor of the old one stays. */
export function replaceIn(draft: Draft, place: Place, node: WrittenNode): Draft | Refusal {
  const anchor = place.node.kind === 'alias' ? null : place.node.anchor;
  return change(draft, replaceValue(draft.source, place, node), withValue(place, node.kind === 'alias' ? node : { ...node, anchor }));
}

/** An item into a list or map, or into what is empty; null stands for an empty text. */
export function insertIn(draft: Draft, place: Place | null, insertion: ItemInsertion): Draft | Refusal {
  const { chunk, index } = insertion;
  const item = { key: chunk.key === null ? null : { text: chunk.key }, value: chunk.node };
  const edits = insertItem(draft.source, place, insertion);
  if (place === null) return change(draft, edits, onlyItem(item));
  const filled = isCollection(place) && place.node.items.length > 0 ? withItems(place.node, index, 0, [item]) : onlyItem(item);
  const anchor = place.node.kind === 'alias' ? null : place.node.anchor;
  return change(draft, edits, withValue(place, filled.kind === 'alias' ? filled : { ...filled, anchor }));
}

/** One of several items out of its list or map. */
export function removeIn(draft: Draft, place: ItemPlace): Draft | Refusal {
  const { collection, index } = place;
  return change(draft, removeItem(draft.source, place), withValue(collection, withItems(collection.node, index, 1, [])));
}

/** Another key for an entry of a map. */
export function renameIn(draft: Draft, place: ItemPlace, text: string): Draft | Refusal {
  const { collection, index, item } = place;
  if (item.key === null) return draft;
  const [start, end] = [startOf(place) + item.key.from, startOf(place) + item.key.to];
  const flow = collection.node.style !== 'block';
  const key = writeKey(text, { was: item.key.style, flow, json: false, quote: draft.source.style.quote });
  const renamed = withItems(collection.node, index, 1, [{ key: { text }, value: item.value }]);
  return change(draft, [{ start, end, text: key }], withValue(collection, renamed));
}

/** The draft after one more step. The text is read again, and refused when it does not say what it should. */
function change(draft: Draft, step: readonly TextEdit[] | Refusal, expected: WrittenNode): Draft | Refusal {
  if (isRefusal(step)) return step;
  const edits = toEdits(draft.source.text, step);
  const advanced = advanceUnlinked(draft.source, edits);
  const limit = advanced.ok ? undefined : advanced.diagnostics.find(({ code }) => LIMITS.has(code));
  if (limit !== undefined) return refuse('too-large', `After this edit the text would be more than a blueprint may be: ${limit.message}`);
  if (!advanced.ok || advanced.source.root === null || !isSameNode(advanced.source.root, expected)) {
    const why = advanced.ok ? '' : ` (${advanced.message})`;
    return refuse('layout', `The text is written in a way that this edit would break${why}. Edit it by hand.`);
  }
  const { links } = linkAnchors(advanced.source.root);
  return { ...draft, source: { ...advanced.source, links }, edits: composeEdits(draft.edits, edits) };
}

const LIMITS: ReadonlySet<string> = new Set(['too-large', 'too-deep', 'keys-too-many']);

function isRefusal(step: readonly TextEdit[] | Refusal): step is Refusal {
  return 'ok' in step;
}
