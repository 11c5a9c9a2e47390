import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiServices } from '../api/request-context.ts';
import { toErrorView } from '../domain/shared/clocker-error.ts';
import { remoteOf, toHeaders } from './respond.ts';

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['/api/auth/sign-in/username', 'session.signIn'],
  ['/api/auth/sign-out', 'session.signOut'],
  ['/api/auth/change-password', 'session.changePassword'],
]);

/** Records sign-in, sign-out and changes of password in the audit log. Attempts beyond the limit are answered 429 and not recorded. */
export async function auditAccountRequest(
  services: ApiServices,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const action = ACTIONS.get(path);
  if (action === undefined) return;
  const before = await services.auth.authenticate(toHeaders(request));
  response.on('finish', () => {
    if (response.statusCode === 429) return;
    record(services, { action, before: before?.username ?? null, remote: remoteOf(request) }, response).catch((error: unknown) =>
      services.log.error('an account request could not be recorded', { action, error: toErrorView(error) }),
    );
  });
}

interface Request {
  readonly action: string;
  /** Who was signed in when the request came. */
  readonly before: string | null;
  readonly remote: string;
}

async function record(services: ApiServices, { action, before, remote }: Request, response: ServerResponse): Promise<void> {
  const isDone = response.statusCode < 300;
  const signedIn = isDone ? await services.auth.authenticate(givenCookies(response)) : null;
  await services.audit.append({
    at: services.engine.clock.now(),
    actor: signedIn?.username ?? before ?? 'anonymous',
    action,
    scope: 'system',
    outcome: isDone ? 'ok' : 'denied',
    detail: '{}',
    remote,
  });
}

/** The cookies that the answer sets, as the next request will send them. */
function givenCookies(response: ServerResponse): Headers {
  const given = response.getHeader('set-cookie') ?? [];
  const cookies = (Array.isArray(given) ? given : [String(given)]).map((text) => text.split(';', 1)[0] ?? '');
  return new Headers(cookies.length > 0 ? { cookie: cookies.join('; ') } : {});
}
