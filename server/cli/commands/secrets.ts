import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { toTable } from '../client/output.ts';
import { readSecret } from '../client/read-secret.ts';

export function secretsCommand(): Command {
  return listing('secrets', 'secrets for blueprints: $brooklyn:external("provider", "name"); list, set and remove them')
    .alias('secret')
    .addCommand(listing('list', 'their names, and who reads them; never the secrets themselves'))
    .addCommand(setCommand())
    .addCommand(removeCommand());
}

function listing(name: string, description: string): Command {
  return remoteCommand(name, description).action((options: CommonOptions) =>
    withServer(options, async ({ api, output }) => {
      const secrets = await api.secret.list.query();
      output.result(secrets, () =>
        toTable(
          ['PROVIDER', 'NAME', 'SET', 'BY', 'READ BY'],
          secrets.map((one) => [one.provider, one.name, new Date(one.setAt).toISOString(), one.setBy, one.applications.join(', ')]),
        ),
      );
    }),
  );
}

function setCommand(): Command {
  return remoteCommand('set', 'keep a secret, or replace it; it is read from standard input, or asked for')
    .argument('<provider>', 'a word that groups names, such as secrets')
    .argument('<name>', 'its name')
    .action((provider: string, name: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const secret = await readSecret(`${provider}/${name}`);
        const done = await api.secret.set.mutate({ provider, name, secret });
        output.result(done, () => [
          `Set ${provider}/${name}`,
          ...(done.applications.length === 0 ? [] : [`Rolled out anew: ${done.applications.join(', ')}`]),
        ]);
      }),
    );
}

function removeCommand(): Command {
  return remoteCommand('remove', 'remove a secret that nothing reads')
    .argument('<provider>')
    .argument('<name>')
    .action((provider: string, name: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        await api.secret.remove.mutate({ provider, name });
        output.result({ provider, name }, () => [`Removed ${provider}/${name}`]);
      }),
    );
}
