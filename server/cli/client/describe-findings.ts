import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import type { NotRead } from './gather-files.ts';

/** A finding as the command line prints it in JSON. */
export function toJsonDiagnostic({ code, severity, message, file, line, column, path, hint }: Diagnostic) {
  return { code, severity, message, ...(file === undefined ? {} : { file }), line, column, path, hint: hint ?? null };
}

/** Findings of one blueprint, and why files that it refers to were left alone. */
export function toFindingLines(file: string, diagnostics: readonly Diagnostic[], notRead: readonly NotRead[]): readonly string[] {
  const found = diagnostics.map(
    ({ file: other, line, column, severity, code, message, hint }) =>
      `${file}${other === undefined ? '' : ` → ${other}`}:${line}:${column}: ${severity} ${code}: ${message}${hint ? `\n    ${hint}` : ''}`,
  );
  return [...found, ...notRead.map(({ name, reason }) => `${file}: ${name} was not read: ${reason}`)];
}
