import type { Diagnostic } from '../blueprint/diagnostic.ts';

/** Every code the product can answer with. Closed: a new code is added here and documented in docs/diagnostics.md. */
export const ERROR_CODES = [
  'input.invalid',
  'blueprint.invalid',
  'auth.unauthenticated',
  'auth.forbidden',
  'not-found',
  'conflict',
  'conflict.foreign',
  'conflict.stale',
  'host.unreachable',
  'host.auth',
  'host.key-changed',
  'host.key-unknown',
  'host.lost',
  'host.engine-unreachable',
  'host.unresponsive',
  'host.disk-full',
  'host.set-up-failed',
  'host.set-up-refused',
  'host.channel-refused',
  'host.shell-died',
  'network.refused',
  'engine.refused',
  'image.build-failed',
  'image.not-found',
  'image.pull-stalled',
  'image.pull-failed',
  'image.push-failed',
  'registry.login-failed',
  'container.start-failed',
  'container.not-ready',
  'container.crash-loop',
  'process.failed',
  'placement.none',
  'port.taken',
  'cancelled',
  'deadline',
  'store.corrupt',
  'store.locked',
  'store.full',
  'store.newer',
  'lab.failed',
  'notification.failed',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorDetails {
  /** What happened, where and why, in the user's words. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string | undefined;
  /** True when the same act may succeed later without anybody changing anything. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
  /** For `blueprint.invalid`: everything that was found in the text, with its place. */
  readonly findings?: readonly Diagnostic[];
}

/** The one error class. It is recognised by `code` (see `isClockerError`), never by `instanceof`: modules may be loaded twice. */
export class ClockerError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly findings: readonly Diagnostic[];

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ClockerError';
    this.code = code;
    this.hint = details.hint;
    this.retryable = details.retryable ?? false;
    this.findings = details.findings ?? [];
  }
}

export function isClockerError(error: unknown): error is ClockerError {
  return error instanceof Error && error.name === 'ClockerError' && 'code' in error;
}

/** Anything thrown, as ours: unknown errors become `internal` and keep their cause. */
export function toClockerError(error: unknown): ClockerError {
  if (isClockerError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ClockerError('internal', { message, cause: error });
}

/** It is away, or does not do as it should: what was tried may go well once it is back. A full disk is told like any failure. */
export function isHostAway({ code }: Pick<ClockerError, 'code'>): boolean {
  return code.startsWith('host.') && code !== 'host.disk-full';
}

/** What went wrong, and what to do about it. */
export function inWords({ message, hint }: Pick<ErrorDetails, 'message' | 'hint'>): string {
  return hint ? `${message.replace(/\.$/, '')}. ${hint}` : message;
}

const SAYS_AGAIN = /\.? It is tried again[^.]*\.$/;

/** Of what the queue tries again: the longest that it waits between two tries is a minute. A hint that says so too is told once. */
export function inWordsTriedAgain(error: Pick<ErrorDetails, 'message' | 'hint'>): string {
  return `${inWords(error).replace(SAYS_AGAIN, '').replace(/\.?$/, '.')} It is tried again by itself, each time later, at least once a minute.`;
}

/** The serialisable part, for records, the API and logs. */
export interface ErrorView {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly retryable: boolean;
}

export function toErrorView(error: unknown): ErrorView {
  const ours = toClockerError(error);
  return { code: ours.code, message: ours.message, retryable: ours.retryable, ...(ours.hint ? { hint: ours.hint } : {}) };
}
