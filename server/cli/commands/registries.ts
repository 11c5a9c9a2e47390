import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { toTable } from '../client/output.ts';
import { readSecret } from '../client/read-secret.ts';

export function registriesCommand(): Command {
  return listing(
    'registries',
    'registries of images: their logins, and what is fetched from them instead; list, set, check and remove them',
  )
    .alias('registry')
    .addCommand(listing('list', 'their addresses, users and names; never the passwords'))
    .addCommand(setCommand())
    .addCommand(checkCommand())
    .addCommand(removeCommand());
}

function listing(name: string, description: string): Command {
  return remoteCommand(name, description).action((options: CommonOptions) =>
    withServer(options, async ({ api, output }) => {
      const registries = await api.registry.list.query();
      output.result(registries, () =>
        toTable(
          ['ADDRESS', 'USER', 'INSTEAD OF', 'SET', 'BY'],
          registries.map((one) => [one.id, one.username ?? '', one.insteadOf.join(', '), new Date(one.setAt).toISOString(), one.setBy]),
        ),
      );
    }),
  );
}

interface SetOptions extends CommonOptions {
  readonly user?: string;
  readonly keepPassword?: boolean;
  readonly insteadOf?: readonly string[];
}

function setCommand(): Command {
  return remoteCommand('set', 'keep a registry, or replace it; the password is read from standard input, or asked for')
    .argument('<address>', 'as names of its images begin: ghcr.io/acme; Docker Hub is docker.io')
    .option('--user <name>', 'who logs in; without it there is no login')
    .option('--keep-password', 'leave the password of that user as it is')
    .option('--instead-of <names...>', 'beginnings of names that are fetched from here: docker.io, quay.io/acme')
    .action((address: string, options: SetOptions) =>
      withServer(options, async ({ api, output }) => {
        const { user, keepPassword, insteadOf = [] } = options;
        const login =
          user === undefined ? {} : { username: user, ...(keepPassword ? {} : { password: await readSecret(`${user} at ${address}`) }) };
        await api.registry.set.mutate({ address, ...login, insteadOf: [...insteadOf] });
        output.result({ address }, () => [`Set ${address}`]);
      }),
    );
}

function checkCommand(): Command {
  return remoteCommand('check', 'have the hosts log in, and say what the registry answers')
    .argument('<address>')
    .action((address: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const seen = await api.registry.check.mutate({ address });
        output.result(seen, () =>
          toTable(
            ['HOST', 'LOGIN', ''],
            seen.map(({ host, error }) => [host, error === null ? 'taken' : 'failed', error?.message ?? '']),
          ),
        );
        if (seen.some(({ error }) => error !== null)) process.exitCode = 1;
      }),
    );
}

function removeCommand(): Command {
  return remoteCommand('remove', 'forget a registry and its login; images that are on hosts stay there')
    .argument('<address>')
    .action((address: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        await api.registry.remove.mutate({ address });
        output.result({ address }, () => [`Removed ${address}`]);
      }),
    );
}
