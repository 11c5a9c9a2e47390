import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Diagnostic } from '../domain/blueprint/diagnostic.ts';
import { ClockerError, type ErrorCode, isClockerError } from '../domain/shared/clocker-error.ts';

type RpcCode = TRPCError['code'];

/** Every code of ours and what it is called on the wire. */
const RPC_CODES: Readonly<Record<ErrorCode, RpcCode>> = {
  'input.invalid': 'BAD_REQUEST',
  'blueprint.invalid': 'BAD_REQUEST',
  'auth.unauthenticated': 'UNAUTHORIZED',
  'auth.forbidden': 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  'conflict.foreign': 'CONFLICT',
  'conflict.stale': 'CONFLICT',
  'host.unreachable': 'BAD_GATEWAY',
  'host.auth': 'BAD_GATEWAY',
  'host.key-changed': 'BAD_GATEWAY',
  'host.key-unknown': 'BAD_GATEWAY',
  'host.lost': 'BAD_GATEWAY',
  'host.engine-unreachable': 'BAD_GATEWAY',
  'host.unresponsive': 'GATEWAY_TIMEOUT',
  'host.disk-full': 'BAD_GATEWAY',
  'host.set-up-failed': 'BAD_GATEWAY',
  'host.set-up-refused': 'BAD_GATEWAY',
  'host.channel-refused': 'BAD_GATEWAY',
  'host.shell-died': 'BAD_GATEWAY',
  'network.refused': 'BAD_GATEWAY',
  'engine.refused': 'BAD_GATEWAY',
  'image.build-failed': 'UNPROCESSABLE_CONTENT',
  'image.not-found': 'UNPROCESSABLE_CONTENT',
  'image.pull-stalled': 'GATEWAY_TIMEOUT',
  'image.pull-failed': 'BAD_GATEWAY',
  'image.push-failed': 'BAD_GATEWAY',
  'registry.login-failed': 'BAD_GATEWAY',
  'container.start-failed': 'UNPROCESSABLE_CONTENT',
  'container.not-ready': 'UNPROCESSABLE_CONTENT',
  'container.crash-loop': 'UNPROCESSABLE_CONTENT',
  'process.failed': 'UNPROCESSABLE_CONTENT',
  'placement.none': 'UNPROCESSABLE_CONTENT',
  'port.taken': 'CONFLICT',
  cancelled: 'CLIENT_CLOSED_REQUEST',
  deadline: 'TIMEOUT',
  'store.corrupt': 'INTERNAL_SERVER_ERROR',
  'store.locked': 'SERVICE_UNAVAILABLE',
  'store.full': 'SERVICE_UNAVAILABLE',
  'store.newer': 'INTERNAL_SERVER_ERROR',
  'notification.failed': 'BAD_GATEWAY',
  'lab.failed': 'INTERNAL_SERVER_ERROR',
  internal: 'INTERNAL_SERVER_ERROR',
};

/** What a client learns of an error besides its message. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly rpcCode: RpcCode;
  readonly hint: string | null;
  readonly retryable: boolean;
  /** For `input.invalid`: which fields, by their path (`labels.rack`). */
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  readonly path: string | null;
  /** For `blueprint.invalid`: everything that was found in the text, with its place. */
  readonly findings: readonly Diagnostic[];
}

export function toRpcError(error: ClockerError): TRPCError {
  return new TRPCError({ code: RPC_CODES[error.code], message: error.message, cause: error });
}

/** The error as a client may see it: ours as they are, tRPC's own translated, anything else hidden behind `internal`. */
export function toErrorData(error: TRPCError, path: string | undefined): ErrorData {
  const base = { rpcCode: error.code, path: path ?? null, hint: null, retryable: false, fields: [], findings: [] };
  if (isClockerError(error.cause)) {
    const { code, hint = null, retryable, findings } = error.cause;
    return { ...base, code, hint, retryable, findings };
  }
  if (error.cause instanceof z.core.$ZodError && error.code === 'BAD_REQUEST') {
    const fields = error.cause.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
    return { ...base, code: 'input.invalid', fields };
  }
  return { ...base, code: codeOf(error.code) };
}

export function toErrorMessage(error: TRPCError): string {
  if (isClockerError(error.cause)) return error.cause.message;
  if (error.cause instanceof z.core.$ZodError && error.code === 'BAD_REQUEST') {
    return error.cause.issues.map((issue) => `${issue.path.map(String).join('.') || 'input'}: ${issue.message}`).join('; ');
  }
  return codeOf(error.code) === 'internal' ? 'Something failed inside Clocker' : error.message;
}

/** The one answer for what does not exist and for what the caller may not see. */
export function missing(): ClockerError {
  return new ClockerError('not-found', { message: 'There is nothing with this id', hint: 'It may have been deleted.' });
}

/** An error nobody foresaw, under an id by which the log can be searched. */
export function hideInternal(cause: unknown, requestId: string): ClockerError {
  return new ClockerError('internal', {
    message: `Something failed inside Clocker (request ${requestId})`,
    hint: 'The server log has the details under this request id.',
    cause,
  });
}

function codeOf(code: RpcCode): ErrorCode {
  switch (code) {
    case 'BAD_REQUEST':
    case 'PARSE_ERROR':
    case 'PAYLOAD_TOO_LARGE':
    case 'METHOD_NOT_SUPPORTED':
    case 'UNSUPPORTED_MEDIA_TYPE':
      return 'input.invalid';
    case 'UNAUTHORIZED':
      return 'auth.unauthenticated';
    case 'FORBIDDEN':
      return 'auth.forbidden';
    case 'NOT_FOUND':
      return 'not-found';
    default:
      return 'internal';
  }
}
