'use client';
import { yaml } from '@codemirror/lang-yaml';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension, Prec, Text } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import { cx } from '@/components/ui/cx.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import { assistedText, type YamlAssistant } from './assisted-text.ts';
import { changesOf, rangeOf, toEditorDiagnostics } from './editor-diagnostics.ts';
import { EDITOR_THEME } from './editor-theme.ts';
import { nestsDeeply } from './nests-deeply.ts';
import { type SharedText, sharedText, takeEdits } from './shared-text.ts';

export interface YamlEditorHandle {
  text: () => string;
  /** Replaces everything as one change, so that undo brings back what was there. */
  replaceAll: (text: string) => void;
  /** Puts the cursor where a diagnostic points. */
  goTo: (diagnostic: Diagnostic) => void;
  /** Applies the mend that a diagnostic offers. */
  mend: (diagnostic: Diagnostic) => void;
  /** Brings a place into view, and leaves the cursor where it is. */
  reveal: (offset: number) => void;
}

export interface YamlEditorProps {
  /** Text at the start; afterwards the editor owns it. */
  initialText: string;
  diagnostics: readonly Diagnostic[];
  label: string;
  /** What stands there while it is empty. */
  prompt?: string;
  /** False for a file that is no YAML. */
  isYaml?: boolean;
  readOnly?: boolean;
  /** What else edits the text; its history is then the one that counts. */
  shared?: SharedText;
  /** Completes what is typed, and tells what words are. */
  assistant?: YamlAssistant;
  onChange?: (text: string) => void;
  /** Ctrl/Cmd-Enter. */
  onSubmit?: () => void;
  ref?: Ref<YamlEditorHandle>;
  className?: string;
}

export function YamlEditor({ initialText, diagnostics, onChange, onSubmit, ref, className, ...look }: YamlEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useEffectEvent((text: string) => onChange?.(text));
  const submitted = useEffectEvent(() => onSubmit?.());
  const made = useEffectEvent(
    (parent: HTMLElement) => new EditorView({ parent, state: makeState({ ...look, initialText, changed, submitted }) }),
  );

  useEffect(() => {
    if (!box.current) return;
    const editor = made(box.current);
    view.current = editor;
    const leave = look.shared?.onEdits((changes) => takeEdits(editor, changes));
    return () => {
      leave?.();
      view.current = null;
      editor.destroy();
    };
  }, [look.shared]);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, toEditorDiagnostics(editor.state.doc, diagnostics)));
  }, [diagnostics]);

  useImperativeHandle(ref, () => ({
    text: () => view.current?.state.doc.toString() ?? initialText,
    replaceAll(text) {
      view.current?.dispatch({ changes: { from: 0, to: view.current.state.doc.length, insert: text }, selection: { anchor: 0 } });
    },
    goTo(diagnostic) {
      const editor = view.current;
      if (!editor) return;
      const { from } = rangeOf(editor.state.doc, diagnostic);
      editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      editor.focus();
    },
    mend(diagnostic) {
      const editor = view.current;
      if (!editor || !diagnostic.fix) return;
      const { doc } = editor.state;
      editor.dispatch({ changes: changesOf(doc, diagnostic.fix, rangeOf(doc, diagnostic)) });
      editor.focus();
    },
    reveal(offset) {
      const editor = view.current;
      editor?.dispatch({ effects: EditorView.scrollIntoView(Math.min(offset, editor.state.doc.length), { y: 'start', yMargin: 48 }) });
    },
  }));
  return <div ref={box} className={cx('min-h-0 overflow-hidden bg-surface [&>.cm-editor]:h-full', className)} />;
}

interface StateParts extends Pick<YamlEditorProps, 'initialText' | 'label' | 'prompt' | 'isYaml' | 'readOnly' | 'shared' | 'assistant'> {
  readonly changed: (text: string) => void;
  readonly submitted: () => void;
}

function makeState({
  initialText,
  label,
  prompt,
  isYaml = true,
  readOnly,
  shared,
  assistant,
  changed,
  submitted,
}: StateParts): EditorState {
  const submit = () => {
    submitted();
    return true;
  };
  return EditorState.create({
    doc: initialText,
    extensions: [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: submit }])),
      ...(shared ? [sharedText(shared)] : []),
      ...(assistant ? [assistedText(assistant)] : []),
      basicSetup,
      ...(isYaml ? [yamlOf(Text.of(initialText.split(/\r\n?|\n/)))] : []),
      lintGutter(),
      ...(prompt === undefined ? [] : [placeholder(prompt)]),
      EDITOR_THEME,
      EditorState.tabSize.of(2),
      // With a tabindex, as checkers do not take what can be edited for what can be focused.
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(update.state.doc.toString());
      }),
      ...(readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []),
    ],
  });
}

const YAML = yaml();
const PLAIN: Extension = [];

/** Colours and folds for YAML, as long as it is not nested so deeply that its parser would overflow the stack of the page. */
function yamlOf(initial: Text): Extension {
  const language = new Compartment();
  const isPlain = (state: EditorState) => language.get(state) === PLAIN;
  return [
    language.of(nestsDeeply(initial) ? PLAIN : YAML),
    EditorState.transactionExtender.of(({ docChanged, newDoc, startState }) =>
      docChanged && !isPlain(startState) && nestsDeeply(newDoc) ? { effects: language.reconfigure(PLAIN) } : null,
    ),
    // In a transaction of its own: one that comes with a change begins with parsing the text before it.
    EditorView.updateListener.of(({ docChanged, view }) => {
      if (!docChanged || !isPlain(view.state)) return;
      queueMicrotask(() => {
        if (isPlain(view.state) && !nestsDeeply(view.state.doc)) view.dispatch({ effects: language.reconfigure(YAML) });
      });
    }),
  ];
}
