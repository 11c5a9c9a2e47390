import type { Findings, TextRange } from '../../../domain/blueprint/findings.ts';

/** Values and characters of text (each counts as a sixteenth) that a template may come to with everything inherited and inserted: about a second. */
const MOST_UNITS = 500_000;

/**
 * Inheritance, defaults and functions can make a small template into an endless one, so what they add is counted. Once it is too
 * much, that is said, and nothing more is added.
 */
export interface Budget {
  /** False when there is not so much left. */
  spend(units: number, range: TextRange): boolean;
}

export function createBudget(findings: Findings): Budget {
  let left = MOST_UNITS;
  return {
    spend(units, range) {
      if (left < 0) return false;
      left -= units;
      if (left >= 0) return true;
      findings.add('tosca-too-large', {
        range,
        path: '',
        message: 'With everything that types, inputs and functions insert, the template is too large.',
        hint: 'Split it, or insert less.',
      });
      return false;
    },
  };
}
