import { advanceText } from './advance-text.ts';
import type { BlueprintGraph } from './blueprint-graph.ts';
import { composeEdits } from './compose-edits.ts';
import type { EditNote } from './draft.ts';
import {
  type EditHistory,
  EMPTY_HISTORY,
  extendLastTransaction,
  type HistoryStep,
  recordTransaction,
  redo,
  type Transaction,
  toTransaction,
  undo,
} from './edit-history.ts';
import { type EditableText, type OpenedText, openText } from './editable-text.ts';
import { type NamedChange, performChange } from './named-change.ts';
import { carryKeys, type NodeKeys, nodeKeys } from './node-keys.ts';
import { readGraph } from './read-graph.ts';
import { type Refusal, refuse } from './refusal.ts';
import { applyEdits, type TextEdits, toEdits } from './text-edit.ts';

/** One blueprint while it is edited, as text and as a drawing: both are always of the same text, as far as that can be read. */
export interface EditSession {
  readonly text: string;
  /** Null while the text is no YAML. */
  readonly source: EditableText | null;
  /** Why there is no drawing of the text as it is; null when there is one. */
  readonly problem: string | null;
  /** Of the text, or of the last one that could be drawn. Null before there was one. */
  readonly drawing: Drawing | null;
  readonly history: EditHistory;
}

export interface Drawing {
  readonly graph: BlueprintGraph;
  readonly keys: NodeKeys;
  /** What has happened to the text since. */
  readonly since: TextEdits;
}

/** What a step did. */
export interface SessionStep {
  readonly ok: true;
  readonly session: EditSession;
  /** Of the text before. */
  readonly transaction: Transaction;
  /** New keys of the nodes that were drawn before, by their old ones; one that is gone has none. Null while nothing new is drawn. */
  readonly carried: ReadonlyMap<string, string> | null;
  readonly notes: readonly EditNote[];
}

/** How a step of typing stands to the one before it. */
export type TypedAs = 'a new step' | 'one step with the last';

export const TYPING = 'Typing';

export function startSession(text: string): EditSession {
  const opened = openDrawable(text);
  const empty: EditSession = { text, source: null, problem: null, drawing: null, history: EMPTY_HISTORY };
  return opened.ok ? draw(empty, opened.source, []).session : { ...empty, problem: opened.message };
}

/** What was typed into the text. */
export function typeInto(session: EditSession, edits: TextEdits, as: TypedAs): SessionStep {
  const transaction = toTransaction(TYPING, session.text, edits);
  const last = session.history.done.at(-1);
  const joins = as === 'one step with the last' && last?.name === TYPING && session.history.undone.length === 0;
  const history = joins ? extendLastTransaction(session.history, transaction) : recordTransaction(session.history, transaction);
  return advance({ ...session, history }, transaction);
}

/** A change that was drawn. */
export function changeDrawing(session: EditSession, make: (graph: BlueprintGraph) => NamedChange | Refusal): SessionStep | Refusal {
  const { source, drawing, problem } = session;
  if (source === null || drawing === null || problem !== null) {
    return refuse('not-yaml', `The text cannot be drawn as it is: ${problem ?? 'it is no blueprint'}. Mend it, or undo what was typed.`);
  }
  const done = performChange(source, make(drawing.graph));
  if (!done.ok) return done;
  const history = recordTransaction(session.history, done.transaction);
  const { session: after, carried } = draw({ ...session, text: done.source.text, history }, done.source, done.transaction.edits);
  return { ok: true, session: after, transaction: done.transaction, carried, notes: done.notes };
}

/** Another text in the place of what is there. */
export function replaceAll(session: EditSession, name: string, text: string): SessionStep {
  const edits = toEdits(session.text, [{ start: 0, end: session.text.length, text }]);
  const transaction = toTransaction(name, session.text, edits);
  return advance({ ...session, history: recordTransaction(session.history, transaction) }, transaction);
}

/** Null when nothing is left to undo. */
export function undoStep(session: EditSession): SessionStep | null {
  return stepTo(session, undo(session.history));
}

/** Null when nothing was undone. */
export function redoStep(session: EditSession): SessionStep | null {
  return stepTo(session, redo(session.history));
}

/** Read at each keystroke, a text of this size still follows. */
const MOST_DRAWN = 300_000;

function openDrawable(text: string): OpenedText {
  if (text.length <= MOST_DRAWN) return openText(text);
  const message = `It has ${text.length.toLocaleString('en')} characters, and up to ${MOST_DRAWN.toLocaleString('en')} are drawn.`;
  return { ok: false, code: 'not-yaml', message, diagnostics: [] };
}

function stepTo(session: EditSession, step: HistoryStep | null): SessionStep | null {
  return step === null ? null : advance({ ...session, history: step.history }, step.transaction);
}

/** The session after edits of its text, whose history knows them already. */
function advance(session: EditSession, transaction: Transaction): SessionStep {
  const text = applyEdits(session.text, transaction.edits);
  const opened = session.source === null || text.length > MOST_DRAWN ? openDrawable(text) : advanceText(session.source, transaction.edits);
  const moved = { ...session, text };
  if (opened.ok) return { ok: true, transaction, notes: [], ...draw(moved, opened.source, transaction.edits) };
  const blind = { ...moved, source: null, problem: opened.message, drawing: sinceThen(session.drawing, transaction.edits) };
  return { ok: true, session: blind, transaction, carried: null, notes: [] };
}

/** The session with the drawing of a text that `edits` led to. */
function draw(session: EditSession, source: EditableText, edits: TextEdits): Pick<SessionStep, 'session' | 'carried'> {
  const graph = readGraph(source);
  const before = sinceThen(session.drawing, edits);
  if (graph === null) return { session: { ...session, source, problem: NOT_DRAWN, drawing: before }, carried: null };
  const drawing = { graph, keys: nodeKeys(graph), since: [] };
  const carried = before === null ? new Map<string, string>() : carryKeys(before, before.since, drawing);
  return { session: { ...session, source, problem: null, drawing }, carried };
}

function sinceThen(drawing: Drawing | null, edits: TextEdits): Drawing | null {
  if (drawing === null || edits.length === 0) return drawing;
  return { ...drawing, since: composeEdits(drawing.since, edits) };
}

const NOT_DRAWN = 'its services are neither a list nor a map';
