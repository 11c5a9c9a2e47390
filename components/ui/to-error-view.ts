import { toErrorView as clockerErrorView, ERROR_CODES, type ErrorView, isClockerError } from '@/server/domain/shared/clocker-error.ts';
import { isJsonObject } from '@/server/domain/shared/json.ts';

/**
 * Whatever a query or mutation failed with, as our error. The API puts code, hint and retryable into the `data` of a tRPC error;
 * a request that never reached the server carries none.
 */
export function toErrorView(error: unknown): ErrorView {
  if (isClockerError(error)) return clockerErrorView(error);
  const message = error instanceof Error ? error.message : String(error);
  const shape = error instanceof Error && 'data' in error ? error.data : null;
  const code = isJsonObject(shape) ? ERROR_CODES.find((known) => known === shape.code) : undefined;
  if (!isJsonObject(shape) || !code) {
    return {
      code: 'deadline',
      message: 'The server did not answer',
      hint: `Check that it runs and that this browser reaches it, then try again. (${message})`,
      retryable: true,
    };
  }
  const hint = typeof shape.hint === 'string' ? { hint: shape.hint } : {};
  return { code, message, retryable: shape.retryable === true, ...hint };
}

/** Messages for single fields of a refused input, by path. */
export function toFieldErrors(error: unknown): Readonly<Record<string, string>> {
  const shape = error instanceof Error && 'data' in error ? error.data : null;
  if (!isJsonObject(shape) || !Array.isArray(shape.fields)) return {};
  const found: Record<string, string> = {};
  for (const field of shape.fields) {
    if (isJsonObject(field) && typeof field.path === 'string' && typeof field.message === 'string') found[field.path] = field.message;
  }
  return found;
}
