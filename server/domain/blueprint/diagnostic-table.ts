import { DIAGNOSTICS } from './diagnostic-codes.ts';

/** The rows of docs/diagnostics.md about findings, by code. */
export function diagnosticTable(): string {
  const rows = Object.entries(DIAGNOSTICS).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    '| code | severity | meaning | what to do |',
    '|---|---|---|---|',
    ...rows.map(([code, { severity, meaning, remedy }]) => `| \`${code}\` | ${severity} | ${meaning} | ${remedy} |`),
  ].join('\n');
}

/** The document with its table of findings replaced by what the code says. */
export function withDiagnosticTable(markdown: string): string {
  return markdown.replace(/\| code \| severity \|[\s\S]*?(?=\n\n)/, diagnosticTable().replaceAll('$', '$$$$'));
}
