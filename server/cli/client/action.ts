import { Command } from 'commander';
import { type Client, connect } from './connect.ts';
import { describeError } from './describe-error.ts';
import { createOutput, type Output } from './output.ts';
import { readConnection } from './settings.ts';

export interface CommonOptions {
  readonly json?: boolean;
  readonly url?: string;
  readonly token?: string;
}

export interface Session extends Client {
  readonly output: Output;
}

/** A command that talks to a server: `--json`, `--url` and `--token` are understood by each. */
export function remoteCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--json', 'print JSON')
    .option('--url <url>', 'address of the server (default: CLOCKER_URL, then the one of `login`)')
    .option('--token <token>', 'API token (default: CLOCKER_TOKEN, then the one of `login`)');
}

/** Connects, runs, closes; errors end the process with exit code 1, after their message and hint on standard error. */
export async function withServer(options: CommonOptions, work: (session: Session) => Promise<void>): Promise<void> {
  const output = createOutput(options.json ?? false);
  await reportErrors(output, async () => {
    const connection = await readConnection(options);
    const client = connect(connection);
    try {
      await work({ ...client, output });
    } finally {
      await client.close();
    }
  });
}

export async function reportErrors(output: Output, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    output.error(describeError(error));
    process.exitCode = 1;
  }
}
