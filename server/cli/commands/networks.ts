import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { toTable } from '../client/output.ts';
import { reachCommand } from './network-reach.ts';

export function networksCommand(): Command {
  return remoteCommand(
    'networks',
    'networks of applications that you may see: addresses, hosts, and what is wrong there; ask who reaches whom',
  )
    .addCommand(reachCommand())
    .action((options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const [networks, applications, hosts] = await Promise.all([
          api.network.list.query(),
          api.application.list.query({}),
          api.host.list.query(),
        ]);
        const nameOf = (hostId: string): string => hosts.find(({ id }) => id === hostId)?.name ?? hostId;
        output.result(networks, () => [
          ...toTable(
            ['NETWORK', 'APPLICATION', 'PROVIDER', 'ADDRESSES', 'CONTAINERS', 'HOSTS'],
            networks.map(({ name, applicationId, provider, subnet, members, parts }) => [
              name,
              applications.find(({ id }) => id === applicationId)?.name ?? applicationId,
              provider ?? 'bridge',
              subnet ?? 'of Docker',
              String(members.length),
              parts.map(({ hostId }) => nameOf(hostId)).join(','),
            ]),
          ),
          ...networks.flatMap(({ name, parts }) =>
            parts.flatMap(({ hostId, problem, peers }) =>
              [problem, ...Object.values(peers)].flatMap((text) => (text === '' ? [] : [`${name} on ${nameOf(hostId)}: ${text}`])),
            ),
          ),
        ]);
      }),
    );
}
