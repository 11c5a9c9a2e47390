import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { toErrorData, toErrorMessage, toRpcError } from '../error-map.ts';
import type { RequestContext } from '../request-context.ts';
import { appRouter } from '../router.ts';
import { type Match, readQuery } from './route.ts';

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls the procedure behind a REST address. Without authentication the body is not even looked at. */
export async function callRoute(
  match: Match,
  context: RequestContext,
  request: { query: URLSearchParams; body(): Promise<string> },
): Promise<RestAnswer> {
  const { route, parameters } = match;
  try {
    const input = await readInput(match, context, request);
    const data = await call(route.procedure, context, input === null ? undefined : { ...input, ...parameters });
    return { status: 200, body: data };
  } catch (cause) {
    return errorAnswer(cause, route.procedure);
  }
}

/** Null for anonymous callers, whom the procedure itself refuses. */
async function readInput({ route }: Match, context: RequestContext, request: { query: URLSearchParams; body(): Promise<string> }) {
  if (!route.isPublic && !(await context.services.auth.authenticate(context.headers))) return null;
  if (route.method === 'GET' || route.method === 'DELETE') return readQuery(route, request.query);
  return parseBody(await request.body());
}

function parseBody(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    throw toRpcError(new ClockerError('input.invalid', { message: 'The body is not JSON', hint: 'Send a JSON object.', cause }));
  }
  throw toRpcError(new ClockerError('input.invalid', { message: 'The body is not a JSON object', hint: 'Send a JSON object.' }));
}

function errorAnswer(cause: unknown, path: string | undefined): RestAnswer {
  const error = cause instanceof TRPCError ? cause : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause });
  return { status: getHTTPStatusCodeFromError(error), body: { error: { message: toErrorMessage(error), ...toErrorData(error, path) } } };
}

type Call = (input: unknown) => Promise<unknown>;

function call(procedure: string, context: RequestContext, input: unknown): Promise<unknown> {
  const [noun = '', verb = ''] = procedure.split('.');
  const caller = appRouter.createCaller(context) as unknown as Record<string, Record<string, Call>>;
  return caller[noun]?.[verb]?.(input) ?? Promise.reject(new ClockerError('not-found', { message: `There is no procedure ${procedure}` }));
}
