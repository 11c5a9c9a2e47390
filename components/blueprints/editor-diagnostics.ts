import type { Diagnostic as EditorDiagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Diagnostic, Fix } from '@/server/domain/blueprint/diagnostic.ts';
import { type CodeMirrorChange, toCodeMirrorChanges } from '@/server/domain/blueprint-edit/codemirror-changes.ts';
import { openText } from '@/server/domain/blueprint-edit/editable-text.ts';
import { performOperations } from '@/server/domain/blueprint-edit/perform-operations.ts';

/** Where a diagnostic points in the document as it is now, even when that has grown shorter since. */
export function rangeOf(doc: Text, { line, column, endLine, endColumn }: Diagnostic): { readonly from: number; readonly to: number } {
  const from = offsetOf(doc, line, column);
  const to = endLine === undefined || endColumn === undefined ? doc.lineAt(from).to : offsetOf(doc, endLine, endColumn);
  return { from, to: Math.max(from, to) };
}

export function toEditorDiagnostics(doc: Text, diagnostics: readonly Diagnostic[]): readonly EditorDiagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { severity, message, hint, fix, code } = diagnostic;
    return {
      ...rangeOf(doc, diagnostic),
      severity,
      source: code,
      message: hint ? `${message}\n${hint}` : message,
      ...(fix
        ? {
            actions: [
              {
                name: fix.title,
                apply: (view, from, to) => view.dispatch({ changes: changesOf(view.state.doc, fix, { from, to }) }),
              },
            ],
          }
        : {}),
    } satisfies EditorDiagnostic;
  });
}

/** What a fix changes in the document; nothing where the document has come to be one that it cannot be added to. */
export function changesOf(doc: Text, fix: Fix, { from, to }: ReturnType<typeof rangeOf>): readonly CodeMirrorChange[] {
  if (fix.add === undefined) return [{ from, to, insert: fix.text }];
  const opened = openText(doc.toString());
  const done = opened.ok ? performOperations(opened.source, fix.title, [{ kind: 'set', ...fix.add }]) : opened;
  return done.ok ? toCodeMirrorChanges(doc.toString(), done.transaction.edits) : [];
}

function offsetOf(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(from + Math.max(0, column - 1), to);
}
