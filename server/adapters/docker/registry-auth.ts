import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { CallOptions, RegistryLogin } from '../../ports/docker-engine.ts';
import { NO_ACCESS, toCallError, toRefusal } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';

/** The header by which the engine is given a login; it wants one for a push also where there is none. */
export function registryAuth(login: RegistryLogin | undefined): { readonly 'x-registry-auth': string } {
  const base64 = Buffer.from(JSON.stringify(login === undefined ? {} : authConfig(login))).toString('base64');
  // For URLs, and padded: what it cannot read the engine takes for no login.
  return { 'x-registry-auth': base64.replaceAll('+', '-').replaceAll('/', '_') };
}

/** Never logged: only on its way to the engine. */
export function authConfig({ username, password, server }: RegistryLogin) {
  return { username, password: password.reveal(), serveraddress: server };
}

const DEADLINE_MS = 30_000;

/** The engine asks the registry whether the login is one. Errors: registry.login-failed, host.* */
export async function checkLogin({ http, transport }: EngineParts, login: RegistryLogin, { signal }: CallOptions = {}): Promise<void> {
  const what = `login at ${login.server}`;
  const body = Buffer.from(JSON.stringify(authConfig(login)));
  try {
    await http.send({ what, method: 'POST', path: '/auth', body, contentType: 'application/json', headMs: DEADLINE_MS, signal });
  } catch (error) {
    const refusal = toRefusal(error);
    if (refusal === null) throw toCallError(transport.hostName, what, error);
    const isRefused = refusal.status === 401 || NO_ACCESS.test(refusal.words);
    throw new ClockerError('registry.login-failed', {
      message: isRefused
        ? `${login.server} refuses ${login.username}, asked from ${transport.hostName}: ${refusal.words.trim()}`
        : `${transport.hostName} cannot ask ${login.server}: ${refusal.words.trim()}`,
      hint: isRefused ? 'Give the password or a token that may read there.' : 'Check its address, and that the host reaches and trusts it.',
      retryable: !isRefused,
    });
  }
}
