import { Annotation, type Extension, Prec, Transaction } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { CodeMirrorChange } from '@/server/domain/blueprint-edit/codemirror-changes.ts';
import type { TypedAs } from '@/server/domain/blueprint-edit/edit-session.ts';

/** A text that something beside the editor edits too, with one history for both. */
export interface SharedText {
  type(changes: readonly CodeMirrorChange[], as: TypedAs): void;
  /** Hears of what was not typed here. */
  onEdits(listener: (changes: readonly CodeMirrorChange[]) => void): () => void;
  undo(): void;
  redo(): void;
}

const fromOutside = Annotation.define<true>();

/** Within it what is typed is one step. */
const PAUSE_MS = 1_000;

/** Tells of what is typed, and leaves undo and redo to the shared history. */
export function sharedText(shared: SharedText): Extension {
  let typedAt = Number.NEGATIVE_INFINITY;
  const act = (perform: () => void) => () => {
    typedAt = Number.NEGATIVE_INFINITY;
    perform();
    return true;
  };
  const [undo, redo] = [act(() => shared.undo()), act(() => shared.redo())];
  const inputs: Readonly<Record<string, () => boolean>> = { historyUndo: undo, historyRedo: redo };
  return [
    Prec.highest([
      keymap.of([
        { key: 'Mod-z', run: undo, preventDefault: true },
        { key: 'Mod-Shift-z', run: redo, preventDefault: true },
        { key: 'Mod-y', run: redo, preventDefault: true },
      ]),
      EditorView.domEventHandlers({
        beforeinput(event) {
          const take = inputs[event.inputType];
          if (!take) return false;
          event.preventDefault();
          return take();
        },
      }),
    ]),
    EditorView.updateListener.of(({ docChanged, transactions, changes }) => {
      if (!docChanged || transactions.some((one) => one.annotation(fromOutside))) return;
      const typed: CodeMirrorChange[] = [];
      changes.iterChanges((from, to, _from, _to, inserted) => typed.push({ from, to, insert: inserted.toString() }));
      const now = Date.now();
      shared.type(typed, now - typedAt < PAUSE_MS ? 'one step with the last' : 'a new step');
      typedAt = now;
    }),
  ];
}

/** Makes changes that were made elsewhere, and shows them. */
export function takeEdits(view: EditorView, changes: readonly CodeMirrorChange[]): void {
  const [first] = changes;
  if (first === undefined) return;
  // The beginning of its line stands where it was, and is shown with it.
  const scroll = EditorView.scrollIntoView(view.state.doc.lineAt(first.from).from, { y: 'nearest', yMargin: 48 });
  view.dispatch({
    changes,
    annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)],
    effects: scroll,
  });
}
