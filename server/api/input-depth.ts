import { ClockerError } from '../domain/shared/clocker-error.ts';

const MOST_LEVELS = 64;

/** True for a value whose lists and maps nest deeper than any procedure needs. Looks without recursion, which such a value would exhaust. */
export function isTooDeep(input: unknown): boolean {
  let level: readonly object[] = isContainer(input) ? [input] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return true;
    level = level.flatMap((value) => Object.values(value).filter(isContainer));
  }
  return false;
}

export function tooDeep(): ClockerError {
  return new ClockerError('input.invalid', {
    message: `The input is nested deeper than ${MOST_LEVELS}`,
    hint: 'Send flatter lists and maps.',
  });
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
