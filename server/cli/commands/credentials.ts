import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { pick } from '../client/find.ts';
import { toTable } from '../client/output.ts';

export function credentialsCommand(): Command {
  return remoteCommand('credentials', 'SSH keys for hosts; create and remove them')
    .action((options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const credentials = await api.credential.list.query();
        output.result(credentials, () =>
          toTable(
            ['NAME', 'ID', 'PUBLIC KEY'],
            credentials.map((one) => [one.name, one.id, one.publicKey]),
          ),
        );
      }),
    )
    .addCommand(createCommand())
    .addCommand(removeCommand());
}

function createCommand(): Command {
  return remoteCommand('create', 'make a new key, or keep a given one; prints the line for authorized_keys')
    .argument('<name>', '1 to 63 of a-z, 0-9 and -')
    .option('--private-key <file>', 'keep this key instead of a new one')
    .action((name: string, options: CommonOptions & { readonly privateKey?: string }) =>
      withServer(options, async ({ api, output }) => {
        const given = options.privateKey === undefined ? null : await readFile(options.privateKey, 'utf8');
        const made = await api.credential.create.mutate(given === null ? { name, generate: true } : { name, privateKey: given });
        output.result(made, () => [made.publicKey]);
      }),
    );
}

function removeCommand(): Command {
  return remoteCommand('remove', 'remove a key that no host uses')
    .argument('<credential>', 'name or id')
    .action((reference: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const credential = pick('credential', reference, await api.credential.list.query(), (one) => [one.name]);
        await api.credential.remove.mutate({ credentialId: credential.id });
        output.result({ credentialId: credential.id }, () => [`Removed ${credential.name}`]);
      }),
    );
}
