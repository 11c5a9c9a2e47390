import type { BlueprintGraph } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { type CodeMirrorChange, fromCodeMirrorChanges, toCodeMirrorChanges } from '@/server/domain/blueprint-edit/codemirror-changes.ts';
import {
  changeDrawing,
  type EditSession,
  redoStep,
  replaceAll,
  type SessionStep,
  startSession,
  type TypedAs,
  typeInto,
  undoStep,
} from '@/server/domain/blueprint-edit/edit-session.ts';
import type { NamedChange } from '@/server/domain/blueprint-edit/named-change.ts';
import { keyOf } from '@/server/domain/blueprint-edit/node-keys.ts';
import type { Refusal } from '@/server/domain/blueprint-edit/refusal.ts';
import { isPathBelow } from '@/server/domain/blueprint-edit/yaml-path.ts';
import type { Point } from '../topology/topology-layout.ts';

/** Where nodes were put, by their keys. */
export type Places = Readonly<Record<string, Point>>;

export interface EditorState {
  readonly session: EditSession;
  readonly places: Places;
  /** Keys of what is chosen, the last chosen last. */
  readonly selected: readonly string[];
  /** Why the last act on the canvas was refused, or what is to be known of it. */
  readonly told: { readonly tone: 'refused' | 'note'; readonly message: string } | null;
}

/** The blueprint that canvas and text pane share. */
export interface EditorStore {
  get(): EditorState;
  subscribe(listener: () => void): () => void;
  /** Hears of changes of the text but for those that were typed: what the text pane has to make. */
  onEdits(listener: (changes: readonly CodeMirrorChange[]) => void): () => void;
  /** Hears of every new text. */
  onText(listener: (text: string) => void): () => void;
  type(changes: readonly CodeMirrorChange[], as: TypedAs): void;
  /** False when it was refused; `told` then says why. */
  change(make: (graph: BlueprintGraph) => NamedChange | Refusal, choose?: Choice): boolean;
  /** Another blueprint in the place of this one: nothing of it has a place yet. */
  replace(name: string, text: string): void;
  undo(): void;
  redo(): void;
  select(keys: readonly string[]): void;
  place(places: Places): void;
  forgetTold(): void;
}

/** What is chosen after a change: what came with it, and where it is put. */
export interface Choice {
  readonly select: 'what is new';
  readonly at?: Point;
}

export function createEditorStore(text: string, places: Places = {}): EditorStore {
  let state: EditorState = { session: startSession(text), places, selected: [], told: null };
  const listeners = { state: new Set<() => void>(), edits: new Set<EditListener>(), text: new Set<(text: string) => void>() };
  const set = (next: Partial<EditorState>) => {
    state = { ...state, ...next };
    for (const listener of listeners.state) listener();
  };
  const take = (step: SessionStep, by: 'typing' | 'another', more: Partial<EditorState> = {}) => {
    const before = state.session.text;
    set({ session: step.session, ...carried(state, step), told: null, ...more });
    if (by === 'another') {
      const changes = toCodeMirrorChanges(before, step.transaction.edits);
      for (const listener of listeners.edits) listener(changes);
    }
    if (before !== step.session.text) for (const listener of listeners.text) listener(step.session.text);
  };
  return {
    get: () => state,
    subscribe: (listener) => add(listeners.state, listener),
    onEdits: (listener) => add(listeners.edits, listener),
    onText: (listener) => add(listeners.text, listener),
    type: (changes, as) => take(typeInto(state.session, fromCodeMirrorChanges(state.session.text, changes), as), 'typing'),
    change(make, choose) {
      const step = changeDrawing(state.session, make);
      if (!step.ok) {
        set({ told: { tone: 'refused', message: step.message } });
        return false;
      }
      const [note] = step.notes;
      take(step, 'another', {
        ...(choose ? chosenNew(state, step, choose) : {}),
        told: note === undefined ? null : { tone: 'note', message: note.message },
      });
      return true;
    },
    replace: (name, next) => take(replaceAll(state.session, name, next), 'another', { places: {}, selected: [] }),
    undo() {
      const step = undoStep(state.session);
      if (step) take(step, 'another');
    },
    redo() {
      const step = redoStep(state.session);
      if (step) take(step, 'another');
    },
    select: (selected) => set({ selected, told: null }),
    place: (next) => set({ places: { ...state.places, ...next } }),
    forgetTold: () => set({ told: null }),
  };
}

type EditListener = (changes: readonly CodeMirrorChange[]) => void;

function add<T>(all: Set<T>, one: T): () => void {
  all.add(one);
  return () => all.delete(one);
}

/** Places and choice under the keys that the nodes have now. Places of what is gone are kept: undo brings it back to where it was. */
function carried({ places, selected }: EditorState, step: SessionStep): Partial<EditorState> {
  const { carried: keys } = step;
  if (keys === null) return {};
  const moved: Record<string, Point> = { ...places };
  for (const [key, to] of keys) if (key !== to) delete moved[key];
  for (const [key, to] of keys) {
    const place = places[key];
    if (place && key !== to) moved[to] = place;
  }
  return { places: moved, selected: selected.flatMap((key) => keys.get(key) ?? []) };
}

function chosenNew(state: EditorState, step: SessionStep, { at }: Choice): Partial<EditorState> {
  const { drawing } = step.session;
  const old = new Set(step.carried?.values() ?? []);
  const fresh = (drawing?.graph.nodes ?? []).filter((node) => drawing !== null && !old.has(keyOf(drawing.keys, node)));
  const keys = fresh.flatMap((node) =>
    drawing !== null && !fresh.some((other) => node.parent !== null && isPathBelow(node.parent, other.path))
      ? [keyOf(drawing.keys, node)]
      : [],
  );
  const [first] = keys;
  const places =
    at === undefined || first === undefined ? {} : { places: { ...(carried(state, step).places ?? state.places), [first]: at } };
  return { selected: keys, ...places };
}
