import { hostname } from 'node:os';
import { password as askPassword, text as askText, isCancel } from '@clack/prompts';
import { Command } from 'commander';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { reportErrors } from '../client/action.ts';
import { connect } from '../client/connect.ts';
import { createOutput } from '../client/output.ts';
import { forgetLogin, readConnection, saveLogin } from '../client/settings.ts';

interface LoginOptions {
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly token?: string;
  readonly json?: boolean;
}

const TOKEN_DAYS = 90;

export function loginCommand(): Command {
  return new Command('login')
    .description('sign in and save an API token for later commands')
    .argument('[url]', 'address of the server')
    .option('--username <name>', 'user name (asked for when absent)')
    .option('--password-stdin', 'read the password from standard input')
    .option('--token <token>', 'save this token instead of signing in')
    .option('--json', 'print JSON')
    .action((url: string | undefined, options: LoginOptions) => {
      const output = createOutput(options.json ?? false);
      return reportErrors(output, async () => {
        const server = (await readConnection({ ...(url ? { url } : {}) })).url;
        const token = options.token ?? (await makeToken(server, await askCredentials(options)));
        const { user } = await connect({ url: server, token }).api.session.me.query();
        const file = await saveLogin({ url: server, token });
        output.result({ url: server, username: user.username, file }, () => [
          `Signed in to ${server} as ${user.username}; saved in ${file}`,
        ]);
      });
    });
}

export function logoutCommand(): Command {
  return new Command('logout').description('forget the saved token').action(forgetLogin);
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

async function askCredentials(options: LoginOptions): Promise<Credentials> {
  const username = options.username ?? answered(await askText({ message: 'User name' }));
  const password = options.passwordStdin ? await readStdin() : answered(await askPassword({ message: 'Password' }));
  return { username, password };
}

/** Signs in, makes a token as strong as the user, signs out again. */
async function makeToken(url: string, credentials: Credentials): Promise<string> {
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

function answered(answer: string | symbol): string {
  if (isCancel(answer)) throw new ClockerError('cancelled', { message: 'Cancelled' });
  return String(answer);
}

async function readStdin(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text.replace(/\r?\n$/, '');
}
