import type { Json } from '../shared/json.ts';

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
  /** What would mend it. */
  readonly fix?: Fix;
}

export type Fix =
  /** Another text for the marked range. */
  | { readonly title: string; readonly text: string; readonly add?: undefined }
  /** Something that is missing elsewhere in the same text. */
  | { readonly title: string; readonly text?: undefined; readonly add: Addition };

export interface Addition {
  /** Keys from the top; those that are not there are made. */
  readonly path: readonly string[];
  readonly value: Json;
}
