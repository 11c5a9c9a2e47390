import type { TRPCError } from '@trpc/server';
import type { Principal } from '../ports/auth.ts';
import { isTooDeep } from './input-depth.ts';
import { maskInput } from './masking/mask-input.ts';
import type { RequestContext } from './request-context.ts';

const DETAIL_LIMIT = 2_000;

interface Recorded {
  readonly ctx: RequestContext;
  readonly path: string;
  readonly principal: Principal | null;
  readonly scope: string;
  readonly error: TRPCError | null;
  getRawInput(): Promise<unknown>;
}

/** Writes who did what, on what, from where and how it ended. Secrets in the input are masked first. */
export async function recordMutation({ ctx, path, principal, scope, error, getRawInput }: Recorded): Promise<void> {
  const input = await getRawInput().catch(() => 'unreadable input');
  await ctx.services.audit.append({
    at: ctx.services.engine.clock.now(),
    actor: principal?.username ?? 'anonymous',
    action: path,
    scope,
    outcome: outcomeOf(error),
    detail: JSON.stringify((isTooDeep(input) ? 'nested too deep' : maskInput(input)) ?? null).slice(0, DETAIL_LIMIT),
    remote: ctx.remote,
  });
}

function outcomeOf(error: TRPCError | null): 'ok' | 'denied' | 'failed' {
  if (!error) return 'ok';
  return error.code === 'UNAUTHORIZED' || error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND' ? 'denied' : 'failed';
}
