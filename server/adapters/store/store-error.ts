import { ClockerError, isClockerError } from '../../domain/shared/clocker-error.ts';

const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
const SQLITE_DAMAGED: readonly number[] = [11, 26];

/** An error of SQLite or PostgreSQL in our words. `where` is the file or the server. */
export function toStoreError(error: unknown, where: string): ClockerError {
  if (isClockerError(error)) return error;
  const cause = rootOf(error);
  const text = cause instanceof Error ? cause.message : String(cause);
  const code = numberIn(cause, 'errcode') & 255;
  const state = textIn(cause, 'code');
  if (code === SQLITE_FULL || state === '53100' || state === 'ENOSPC') {
    return new ClockerError('store.full', {
      message: `The disk of the database ${where} is full: nothing of this change was kept`,
      hint: 'Free space on that disk, then try again. What was saved before is safe.',
      retryable: true,
      cause: error,
    });
  }
  if (SQLITE_DAMAGED.includes(code) || state === 'XX001' || state === 'XX002') {
    return new ClockerError('store.corrupt', {
      message: `The database ${where} is damaged: ${text}`,
      hint: 'Put back a backup of the data directory. The damaged file was left as it is.',
      cause: error,
    });
  }
  if (code === SQLITE_BUSY) {
    return new ClockerError('store.locked', {
      message: `Another process holds the database ${where}`,
      hint: 'Stop the other Clocker, or give this one another data directory.',
      retryable: true,
      cause: error,
    });
  }
  return new ClockerError('internal', {
    message: `The database ${where} refused: ${text}`,
    retryable: isConnectionLoss(error),
    cause: error,
  });
}

/** True when the server's answer may be missing: a transaction that ended so may or may not have been committed. */
export function isConnectionLoss(error: unknown): boolean {
  if (isClockerError(error)) return false;
  const cause = rootOf(error);
  const state = textIn(cause, 'code');
  if (numberIn(cause, 'errcode') !== 0) return false;
  // The driver reports a broken connection without any SQLSTATE; classes 08 and 57P are the server's words for it.
  return !/^[0-9A-Z]{5}$/.test(state) || /^(08|57P)/.test(state) || state === 'EPIPE';
}

function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && root.cause !== undefined && numberIn(root, 'errcode') === 0) root = root.cause;
  return root;
}

function numberIn(error: unknown, key: string): number {
  const value = error instanceof Error && key in error ? (error as unknown as Record<string, unknown>)[key] : 0;
  return typeof value === 'number' ? value : 0;
}

function textIn(error: unknown, key: string): string {
  const value = error instanceof Error && key in error ? (error as unknown as Record<string, unknown>)[key] : '';
  return typeof value === 'string' ? value : '';
}
