/** One finding about a blueprint, with its place. Codes are kebab-case slugs listed in docs/diagnostics.md. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** Another file of the input than the main text. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** `services[0].brooklyn.config.cluster.initial.size` */
  readonly path: string;
  readonly hint?: string;
  /** Replacement of the marked range that would mend it. */
  readonly fix?: { readonly title: string; readonly text: string };
}
