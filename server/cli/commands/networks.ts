import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import type { Api } from '../client/connect.ts';
import { findCloud, findEntity, pick } from '../client/find.ts';
import { toTable } from '../client/output.ts';

export function networksCommand(): Command {
  return listing()
    .addCommand(createCommand())
    .addCommand(updateCommand())
    .addCommand(deleteCommand())
    .addCommand(attachCommand())
    .addCommand(detachCommand());
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
  return remoteCommand(
    'networks',
    'networks that you may see: addresses, hosts, and what is wrong there; create, update and delete those of a cloud, attach and detach entities',
  ).action((options: CommonOptions) =>
    withServer(options, async ({ api, output }) => {
      const [networks, applications, clouds, hosts] = await Promise.all([
        api.network.list.query(),
        api.application.list.query({}),
        api.cloud.list.query(),
        api.host.list.query(),
      ]);
      const nameIn = (records: readonly { readonly id: string; readonly name: string }[], id: string): string =>
        records.find((one) => one.id === id)?.name ?? id;
      output.result(networks, () => [
        ...toTable(
          ['NETWORK', 'OF', 'PROVIDER', 'ADDRESSES', 'IN USE', 'CONTAINERS', 'HOSTS'],
          networks.map(({ name, applicationId, cloudId, provider, subnet, used, capacity, members, parts }) => [
            name,
            applicationId === null ? `cloud ${nameIn(clouds, cloudId ?? '')}` : nameIn(applications, applicationId),
            provider ?? 'bridge',
            subnet ?? 'of Docker',
            used === null ? '' : `${used} of ${capacity}`,
            String(members.length),
            parts.map(({ hostId }) => nameIn(hosts, hostId)).join(','),
          ]),
        ),
        ...networks.flatMap(({ name, parts }) =>
          parts.flatMap(({ hostId, problem }) => (problem === '' ? [] : [`${name} on ${nameIn(hosts, hostId)}: ${problem}`])),
        ),
      ]);
    }),
  );
}

interface ChoiceOptions extends CommonOptions {
  readonly subnet?: string;
  readonly internal?: boolean;
  readonly description?: string;
  readonly joiner?: readonly string[];
  readonly anyJoiner?: boolean;
}

function withChoices(command: Command): Command {
  return command
    .option('--subnet <cidr>', 'its addresses; the next that are free of the cloud’s pool unless given')
    .option('--internal', 'nothing outside of it can be reached')
    .option('--no-internal', 'with a way out')
    .option('--description <text>', 'what it is for')
    .option('--joiner <application...>', 'applications that may join it; any of the cloud unless given')
    .option('--any-joiner', 'any application of the cloud may join it');
}

function toChoices({ subnet, internal, description, joiner, anyJoiner }: ChoiceOptions) {
  const joiners = anyJoiner ? null : joiner && [...joiner];
  return {
    ...(subnet === undefined ? {} : { subnet }),
    ...(internal === undefined ? {} : { internal }),
    ...(description === undefined ? {} : { description }),
    ...(joiners === undefined ? {} : { joiners }),
  };
}

function createCommand(): Command {
  return withChoices(
    remoteCommand(
      'create',
      'make a network that stays until it is deleted, and that blueprints join: docker.networks: { lan: { shared: NAME } }',
    )
      .argument('<name>', '1 to 63 of a-z, 0-9 and -')
      .requiredOption('--cloud <cloud>', 'name or id of a cloud that has a network provider'),
  ).action((name: string, options: ChoiceOptions & { readonly cloud: string }) =>
    withServer(options, async ({ api, output }) => {
      const cloud = await findCloud(api, options.cloud);
      const made = await api.network.create.mutate({ cloudId: cloud.id, name, ...toChoices(options) });
      const network = (await api.network.list.query()).find(({ id }) => id === made.networkId);
      output.result(made, () => [`Made ${name} in ${cloud.name}${network?.subnet ? ` with ${network.subnet}` : ''}`]);
    }),
  );
}

function updateCommand(): Command {
  return withChoices(
    remoteCommand('update', 'change what a network is for and who may join it; addresses and way out while no container is on it').argument(
      '<network>',
      'name or id',
    ),
  ).action((reference: string, options: ChoiceOptions) =>
    withServer(options, async ({ api, output }) => {
      const { id, name } = await findNetwork(api, reference);
      await api.network.update.mutate({ networkId: id, ...toChoices(options) });
      output.result({ networkId: id }, () => [`Changed ${name}`]);
    }),
  );
}

function deleteCommand(): Command {
  return remoteCommand('delete', 'delete a network of a cloud; refused with the containers that are on it')
    .argument('<network>', 'name or id')
    .action((reference: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const { id, name } = await findNetwork(api, reference);
        await api.network.delete.mutate({ networkId: id });
        output.result({ networkId: id }, () => [`Deleted ${name}`]);
      }),
    );
}

/** One that stands on its own. */
async function findNetwork(api: Api, reference: string) {
  const standing = (await api.network.list.query()).filter((network) => network.standing !== null);
  return pick('network', reference, standing, ({ name }) => [name]);
}
