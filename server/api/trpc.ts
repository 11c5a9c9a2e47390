import { initTRPC, type TRPCError } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import type { z } from 'zod';
import { ClockerError, isClockerError } from '../domain/shared/clocker-error.ts';
import type { Permission, Principal } from '../ports/auth.ts';
import { mayAnywhere, mayOn, type ScopeChain } from './access.ts';
import { recordMutation } from './audit-trail.ts';
import { hideInternal, missing, toErrorData, toErrorMessage, toRpcError } from './error-map.ts';
import { isTooDeep, tooDeep } from './input-depth.ts';
import type { RequestContext } from './request-context.ts';
import type { ScopeRule } from './scopes.ts';

/** Says who may call a procedure. There is no builder that leaves it out; the server refuses to start with a router that lacks it. */
export type ProcedureMeta = OpenApiMeta & {
  readonly access: {
    readonly permission: Permission | 'signed-in' | 'public';
    readonly scope: ScopeRule<unknown>['name'] | 'own' | 'none';
  };
};

/** The only procedures that anybody may call. */
export const PUBLIC_PROCEDURES = ['setup.status', 'setup.createAdmin'] as const;
type PublicProcedure = (typeof PUBLIC_PROCEDURES)[number];

type Rest = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

interface CommonRules<Input extends z.ZodType> {
  /** Strict object: unknown keys are refused. */
  readonly input: Input;
  /** One sentence for the API's document. */
  readonly summary: string;
  /** Method and path below `/api/v1`. Absent for subscriptions. */
  readonly rest?: Rest;
}

export interface ProcedureRules<Input extends z.ZodType> extends CommonRules<Input> {
  readonly permission: Permission;
  readonly scope: ScopeRule<NoInfer<z.output<Input>>>;
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, path }) => ({ code: shape.code, message: toErrorMessage(error), data: toErrorData(error, path) }),
  });

export const router = t.router;

/** A procedure that needs a permission on a scope: authentication, then the permission, then the input, then the scope. */
export function procedure<Input extends z.ZodType>(rules: ProcedureRules<Input>) {
  return t.procedure
    .meta({ access: { permission: rules.permission, scope: rules.scope.name }, ...openApi(rules) })
    .use(translated)
    .use(authenticated)
    .use(({ ctx, next }) => {
      if (!mayAnywhere(ctx.principal, rules.permission)) throw toRpcError(forbidden(rules.permission));
      return next();
    })
    .input(rules.input)
    .use(async ({ ctx, input, next }) => {
      const chains = await rules.scope.find(input as z.output<Input>, ctx.services);
      if (chains?.[0]) ctx.audited.scope = chains[0][0];
      requireScopes(ctx.principal, rules.permission, chains);
      return next();
    });
}

/** For what everybody may do who is signed in, with what is their own. */
export function signedInProcedure<Input extends z.ZodType>(rules: CommonRules<Input>) {
  return t.procedure
    .meta({ access: { permission: 'signed-in', scope: 'own' }, ...openApi(rules) })
    .use(translated)
    .use(authenticated)
    .input(rules.input);
}

/** `name` is checked against the short list of what anonymous callers may do. */
export function publicProcedure<Input extends z.ZodType>(_name: PublicProcedure, rules: CommonRules<Input>) {
  return t.procedure
    .meta({ access: { permission: 'public', scope: 'none' }, ...openApi(rules) })
    .use(translated)
    .use(anyone)
    .input(rules.input);
}

/**
 * Refuses unless the caller has the permission on every scope. What the caller may not even read is answered like what
 * does not exist.
 */
export function requireScopes(principal: Principal, permission: Permission, chains: readonly ScopeChain[] | null): void {
  const unseen = chains === null || chains.some((chain) => chain[0] !== 'system' && !mayOn(principal, 'read', chain));
  if (unseen) throw toRpcError(missing());
  if (chains.some((chain) => !mayOn(principal, permission, chain))) throw toRpcError(forbidden(permission));
}

const translated = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (!result.ok) throw translate(result.error, ctx, path);
  return result;
});

const authenticated = t.middleware(async ({ ctx, type, path, getRawInput, next }) => {
  const principal = await ctx.services.auth.authenticate(ctx.headers);
  const audited = { scope: 'system' };
  const record = async (error: TRPCError | null) => {
    if (type === 'mutation') await recordMutation({ ctx, path, principal, scope: audited.scope, getRawInput, error });
  };
  if (!principal) {
    const error = toRpcError(unauthenticated());
    await record(error);
    throw error;
  }
  if (isTooDeep(await getRawInput().catch(unread))) {
    const error = toRpcError(tooDeep());
    await record(error);
    throw error;
  }
  const result = await next({ ctx: { principal, audited } });
  await record(result.ok ? null : result.error);
  return result;
});

const anyone = t.middleware(async ({ ctx, type, path, getRawInput, next }) => {
  if (isTooDeep(await getRawInput().catch(unread))) throw toRpcError(tooDeep());
  const result = await next();
  const error = result.ok ? null : result.error;
  if (type === 'mutation') await recordMutation({ ctx, path, principal: null, scope: 'system', getRawInput, error });
  return result;
});

/** What is no JSON is refused when the procedure reads it. */
function unread(): undefined {
  return undefined;
}

function translate(error: TRPCError, ctx: RequestContext, path: string): TRPCError {
  if (isClockerError(error.cause)) return toRpcError(error.cause);
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error;
  ctx.services.log.error('procedure failed', { path, requestId: ctx.requestId, error: error.cause ?? error });
  return toRpcError(hideInternal(error.cause ?? error, ctx.requestId));
}

function unauthenticated(): ClockerError {
  return new ClockerError('auth.unauthenticated', { message: 'You are not signed in', hint: 'Sign in, or send a valid API token.' });
}

const ACT: Readonly<Record<Permission, string>> = {
  read: 'read',
  operate: 'operate',
  administer: 'administer',
  terminal: 'open a terminal',
  'host-terminal': 'open a terminal on a host',
};

export function forbidden(permission: Permission): ClockerError {
  return new ClockerError('auth.forbidden', {
    message: `You may not ${ACT[permission]} here`,
    hint: 'Ask an administrator for a role that may.',
  });
}

function openApi(rules: { readonly summary: string; readonly rest?: Rest }): OpenApiMeta {
  if (!rules.rest) return {};
  const [method, path] = rules.rest.split(' ') as ['GET', `/${string}`];
  const tag = path.split('/')[1] ?? 'system';
  return { openapi: { method, path, summary: rules.summary, tags: [tag], protect: true } };
}
