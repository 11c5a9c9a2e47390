'use client';
import { yaml } from '@codemirror/lang-yaml';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import { EDITOR_THEME } from '@/components/blueprints/editor-theme.ts';

/** What changed from one text to another, line by line, unchanged parts folded. */
export function BlueprintDiff({ before, after, label }: { before: string; after: string; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const view = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: after,
        extensions: [
          basicSetup,
          yaml(),
          EDITOR_THEME,
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          ...(before === after ? [] : [unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3 } })]),
        ],
      }),
    });
    return () => view.destroy();
  }, [before, after, label]);
  return <div ref={box} className="max-h-[32rem] overflow-auto rounded-md border border-line" />;
}
