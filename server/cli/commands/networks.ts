import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { findEntity } from '../client/find.ts';
import { toTable } from '../client/output.ts';

export function networksCommand(): Command {
  return listing().addCommand(attachCommand()).addCommand(detachCommand());
}

const ENTITY = 'name, APP/NAME or id';

function attachCommand(): Command {
  return remoteCommand('attach', 'put the containers of an entity on a further network of their application, as they run')
    .argument('<entity>', ENTITY)
    .argument('<network>', 'as the application calls it')
    .option('--address <address>', 'a fixed IPv4 address there; for one container only')
    .action((entity: string, network: string, options: CommonOptions & { readonly address?: string }) =>
      withServer(options, async ({ api, output }) => {
        const { id: entityId, name } = await findEntity(api, entity);
        await api.network.attach.mutate({ entityId, network, ...(options.address === undefined ? {} : { address: options.address }) });
        output.result({ entityId, network }, () => [`${name} joins ${network}`]);
      }),
    );
}

function detachCommand(): Command {
  return remoteCommand('detach', 'take the containers of an entity off a network, as they run')
    .argument('<entity>', ENTITY)
    .argument('<network>')
    .action((entity: string, network: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const { id: entityId, name } = await findEntity(api, entity);
        await api.network.detach.mutate({ entityId, network });
        output.result({ entityId, network }, () => [`${name} leaves ${network}`]);
      }),
    );
}

function listing(): Command {
  return remoteCommand('networks', 'networks of applications that you may see: addresses, hosts, and what is wrong there').action(
    (options: CommonOptions) =>
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
            parts.flatMap(({ hostId, problem }) => (problem === '' ? [] : [`${name} on ${nameOf(hostId)}: ${problem}`])),
          ),
        ]);
      }),
  );
}
