import { ERROR_CODES, type ErrorCode, type ErrorView } from '@/server/domain/shared/clocker-error.ts';
import { isJsonObject } from '@/server/domain/shared/json.ts';

/**
 * Whatever a query or mutation failed with, as our error. The API puts code, hint and retryable into the `data` of a tRPC
 * error (`data.clocker`, or `data` itself); a fetch that never arrived becomes `deadline` with a hint about the connection.
 */
export function toErrorView(error: unknown): ErrorView {
  const message = error instanceof Error ? error.message : String(error);
  const shape = error instanceof Error && 'data' in error ? error.data : null;
  const found = findView(shape);
  if (found) return { ...found, message: found.message || message };
  if (error instanceof TypeError || /fetch|network/i.test(message)) {
    return {
      code: 'deadline',
      message: 'The server did not answer.',
      hint: 'Check that it runs and that this browser reaches it, then try again.',
      retryable: true,
    };
  }
  return { code: codeOfTrpc(shape), message, retryable: false };
}

function findView(shape: unknown): ErrorView | null {
  if (!isJsonObject(shape)) return null;
  for (const candidate of [shape.clocker, shape.error, shape.view, shape]) {
    if (!isJsonObject(candidate)) continue;
    const code = toErrorCode(candidate.code) ?? toErrorCode(candidate.clockerCode);
    if (!code) continue;
    const hint = typeof candidate.hint === 'string' ? { hint: candidate.hint } : {};
    const message = typeof candidate.message === 'string' ? candidate.message : '';
    return { code, message, retryable: candidate.retryable === true, ...hint };
  }
  return null;
}

function toErrorCode(value: unknown): ErrorCode | undefined {
  return ERROR_CODES.find((code) => code === value);
}

const TRPC_CODES: Readonly<Record<string, ErrorCode>> = {
  UNAUTHORIZED: 'auth.unauthenticated',
  FORBIDDEN: 'auth.forbidden',
  NOT_FOUND: 'not-found',
  BAD_REQUEST: 'input.invalid',
  CONFLICT: 'conflict',
  TIMEOUT: 'deadline',
};

function codeOfTrpc(shape: unknown): ErrorCode {
  const code = isJsonObject(shape) && typeof shape.code === 'string' ? shape.code : '';
  return TRPC_CODES[code] ?? 'internal';
}
