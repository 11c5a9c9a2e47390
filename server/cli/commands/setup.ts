import { Command } from 'commander';
import { reportErrors } from '../client/action.ts';
import { connect } from '../client/connect.ts';
import { createOutput } from '../client/output.ts';
import { readConnection } from '../client/settings.ts';
import { askCredentials } from '../client/sign-in.ts';

interface SetupOptions {
  readonly username?: string;
  readonly name?: string;
  readonly passwordStdin?: boolean;
  readonly url?: string;
  readonly json?: boolean;
}

export function setupCommand(): Command {
  return new Command('setup')
    .description('make the first administrator with the one-time token that the server printed')
    .argument('<token>', 'the set-up token')
    .option('--url <url>', 'address of the server')
    .option('--username <name>', 'user name (asked for when absent)')
    .option('--name <name>', 'full name (default: the user name)')
    .option('--password-stdin', 'read the password from standard input')
    .option('--json', 'print JSON')
    .action((token: string, options: SetupOptions) => {
      const output = createOutput(options.json ?? false);
      return reportErrors(output, async () => {
        const { url } = await readConnection(options);
        const { username, password } = await askCredentials(options);
        await connect({ url, token: null }).api.setup.createAdmin.mutate({ token, username, password, name: options.name ?? username });
        output.result({ url, username }, () => [`Made administrator ${username}. Next: clocker login ${url}`]);
      });
    });
}
