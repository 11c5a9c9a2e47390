/** Why an edit is not made. */
export type RefusalCode =
  | 'not-yaml'
  | 'path-missing'
  | 'wrong-kind'
  | 'key-exists'
  | 'key-invalid'
  | 'key-duplicate'
  | 'value-invalid'
  | 'too-large'
  | 'inside-alias'
  | 'from-merge'
  | 'anchor-in-use'
  | 'into-itself'
  | 'would-lose'
  | 'layout';

/** What is refused, where, why and what to do, for people. */
export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly message: string;
}

export function refuse(code: RefusalCode, message: string): Refusal {
  return { ok: false, code, message };
}
