import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';

/** The first finding that is an error, with its place, and how many more there are. */
export function firstErrorOf(diagnostics: readonly Diagnostic[], otherwise: string): ClockerError {
  const errors = diagnostics.filter((finding) => finding.severity === 'error');
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const file = first?.file === undefined ? '' : `${first.file}, `;
  return new ClockerError('blueprint.invalid', {
    message: first ? `${file === '' ? 'Line' : `${file}line`} ${first.line}, column ${first.column}: ${first.message}${more}` : otherwise,
    ...(first?.hint ? { hint: first.hint } : {}),
    findings: diagnostics,
  });
}
