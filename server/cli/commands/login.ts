import { Command } from 'commander';
import { reportErrors } from '../client/action.ts';
import { connect } from '../client/connect.ts';
import { createOutput } from '../client/output.ts';
import { forgetLogin, readConnection, saveLogin } from '../client/settings.ts';
import { askCredentials, makeToken } from '../client/sign-in.ts';

interface LoginOptions {
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly token?: string;
  readonly json?: boolean;
}

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
