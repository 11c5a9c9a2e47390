import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { findCloud } from '../client/find.ts';
import { toTable } from '../client/output.ts';
import { rebalanceCommand } from './rebalance.ts';

interface CreateOptions extends CommonOptions {
  readonly strategy?: readonly string[];
  readonly networks?: string;
  readonly networkConfig?: string;
}

export function cloudsCommand(): Command {
  return remoteCommand('clouds', 'clouds that you may see; create, rebalance and remove them')
    .action((options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const [clouds, hosts] = await Promise.all([api.cloud.list.query(), api.host.list.query()]);
        output.result(clouds, () =>
          toTable(
            ['NAME', 'HOSTS', 'STRATEGIES', 'PORTS', 'ID'],
            clouds.map((cloud) => [
              cloud.name,
              String(hosts.filter((host) => host.cloudId === cloud.id).length),
              cloud.strategies.map((choice) => choice.strategy).join(','),
              `${cloud.portPool.from}-${cloud.portPool.to}`,
              cloud.id,
            ]),
          ),
        );
      }),
    )
    .addCommand(createCommand())
    .addCommand(removeCommand())
    .addCommand(rebalanceCommand());
}

function createCommand(): Command {
  return remoteCommand('create', 'make a cloud, the location that blueprints name')
    .argument('<name>', '1 to 63 of a-z, 0-9 and -')
    .option('--strategy <id...>', 'placement strategies in order')
    .option(
      '--networks <provider>',
      'who makes networks of applications: vxlan, bgp, cni, bridge, weave or calico; without it they are Docker’s and end at a host',
    )
    .option(
      '--network-config <file>',
      'what that provider is told, a JSON file such as {"cni.conflist": {"type": "macvlan", "master": "eth0"}}',
    )
    .action((name: string, options: CreateOptions) =>
      withServer(options, async ({ api, output }) => {
        const strategies = options.strategy?.map((strategy) => ({ strategy, config: {} }));
        if (options.networkConfig !== undefined && options.networks === undefined)
          throw new ClockerError('input.invalid', { message: '--network-config is what a provider is told: name it by --networks' });
        const made = await api.cloud.create.mutate({
          name,
          ...(strategies ? { strategies } : {}),
          ...(options.networks === undefined
            ? {}
            : { networking: { provider: options.networks, ...(await readConfig(options.networkConfig)) } }),
        });
        output.result(made, () => [`Made ${name} as ${made.cloudId}`]);
      }),
    );
}

/** Errors: input.invalid where the file is no map in JSON. */
async function readConfig(path: string | undefined): Promise<{ readonly config?: Record<string, z.core.util.JSONType> }> {
  if (path === undefined) return {};
  try {
    return { config: z.record(z.string(), z.json()).parse(JSON.parse(await readFile(path, 'utf8'))) };
  } catch (error) {
    throw new ClockerError('input.invalid', { message: `${path} is no file with a map of settings in JSON`, cause: error });
  }
}

function removeCommand(): Command {
  return remoteCommand('remove', 'remove a cloud without hosts and applications')
    .argument('<cloud>', 'name or id')
    .action((reference: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const cloud = await findCloud(api, reference);
        await api.cloud.remove.mutate({ cloudId: cloud.id });
        output.result({ cloudId: cloud.id }, () => [`Removed ${cloud.name}`]);
      }),
    );
}
