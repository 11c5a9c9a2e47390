import type { Diagnostic as EditorDiagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';

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
                apply: (view, from, to) => view.dispatch({ changes: { from, to, insert: fix.text } }),
              },
            ],
          }
        : {}),
    } satisfies EditorDiagnostic;
  });
}

function offsetOf(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(from + Math.max(0, column - 1), to);
}
