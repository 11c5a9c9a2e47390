/** What a code of a finding means. docs/diagnostics.md is written from it (`npm run docs`). */
export interface DiagnosticMeaning {
  readonly severity: 'error' | 'warning' | 'info';
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
  /** No error, yet a blueprint with such a finding is not deployed. */
  readonly refusesDeploy?: true;
}

export type DiagnosticMeanings = Readonly<Record<string, DiagnosticMeaning>>;
