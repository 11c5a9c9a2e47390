import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from '../../api/router.ts';
import { toErrorView } from '../../domain/shared/clocker-error.ts';

export interface DescribedError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** What went wrong in words for a terminal, whoever threw it. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof TRPCClientError) return describeClientError(error as TRPCClientError<AppRouter>);
  const view = toErrorView(error);
  return { code: view.code, message: view.message, hint: view.hint ?? null };
}

function describeClientError(error: TRPCClientError<AppRouter>): DescribedError {
  if (error.data) return { code: error.data.code, message: error.message, hint: error.data.hint };
  const { cause } = error.cause ?? error;
  const reason = cause instanceof Error ? cause.message : error.message;
  return {
    code: 'host.unreachable',
    message: `Cannot talk to the server: ${reason}`,
    hint: 'Is it running, and is this its address? Choose another with --url.',
  };
}
