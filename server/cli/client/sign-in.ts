import { hostname } from 'node:os';
import { password as askPassword, text as askText } from '@clack/prompts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { connect } from './connect.ts';
import { answered, readStdin } from './read-secret.ts';

const TOKEN_DAYS = 90;

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** From the options, else from the terminal. */
export async function askCredentials(options: { readonly username?: string; readonly passwordStdin?: boolean }): Promise<Credentials> {
  const username = options.username ?? answered(await askText({ message: 'User name' }));
  const password = options.passwordStdin ? await readStdin() : answered(await askPassword({ message: 'Password' }));
  return { username, password };
}

/** Signs in, makes a token as strong as the user, signs out again. */
export async function makeToken(url: string, credentials: Credentials): Promise<string> {
  const cookie = await signIn(url, credentials);
  const { api } = connect({ url, token: null }, cookie);
  const { user, bindings } = await api.session.me.query();
  const binding = bindings.find(({ role }) => role === user.role);
  if (!binding)
    throw new ClockerError('auth.forbidden', { message: `${user.username} has no role`, hint: 'Ask an administrator for one.' });
  const made = await api.token.create.mutate({
    name: `cli@${hostname()}`,
    role: binding.role,
    scope: binding.scope,
    expiresInDays: TOKEN_DAYS,
  });
  return made.token;
}

async function signIn(url: string, credentials: Credentials): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  }).catch((cause: unknown) => {
    throw new ClockerError('host.unreachable', { message: `Cannot reach ${url}`, hint: 'Is the server running there?', cause });
  });
  if (response.status === 429)
    throw new ClockerError('auth.unauthenticated', { message: 'Too many attempts', hint: 'Wait a minute and try again.' });
  if (!response.ok) throw new ClockerError('auth.unauthenticated', { message: 'User name or password is wrong' });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}
