import { confirm, isCancel } from '@clack/prompts';
import type { Command } from 'commander';
import type { HostKey } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { findCloud, findHost, pick } from '../client/find.ts';
import { collectPairs, parseCount } from '../client/options.ts';
import { printable, toTable } from '../client/output.ts';

export function hostsCommand(): Command {
  return remoteCommand('hosts', 'hosts that you may see; add, scan, cordon and remove them')
    .action((options: CommonOptions) => withServer(options, listHosts))
    .addCommand(scanCommand())
    .addCommand(addCommand())
    .addCommand(cordonCommand('cordon', 'keep new containers off a host', true))
    .addCommand(cordonCommand('uncordon', 'let new containers on a host again', false))
    .addCommand(removeCommand());
}

async function listHosts({ api, output }: Session): Promise<void> {
  const [hosts, clouds] = await Promise.all([api.host.list.query(), api.cloud.list.query()]);
  const cloudNames = new Map<string, string>(clouds.map((cloud) => [cloud.id, cloud.name]));
  output.result(hosts, () =>
    toTable(
      ['NAME', 'STATE', 'CLOUD', 'ADDRESS', 'ENGINE', 'ID', 'WHY'],
      hosts.map((host) => [
        host.name,
        host.cordoned ? `${host.state}, cordoned` : host.state,
        cloudNames.get(host.cloudId) ?? host.cloudId,
        `${host.address}:${host.port}`,
        host.facts?.engineVersion ?? '',
        host.id,
        host.reason,
      ]),
    ),
  );
}

function scanCommand(): Command {
  return remoteCommand('scan', 'the key that a machine offers, to compare')
    .argument('<address>', 'name or IP address')
    .option('--port <port>', 'of sshd', parseCount, 22)
    .action((address: string, options: CommonOptions & { readonly port: number }) =>
      withServer(options, async ({ api, output }) => {
        const key = await api.host.scanKey.mutate({ address, port: options.port });
        output.result(key, () => [printable(`${key.type} ${key.fingerprint}`)]);
      }),
    );
}

interface AddOptions extends CommonOptions {
  readonly cloud: string;
  readonly credential: string;
  readonly user: string;
  readonly port: number;
  readonly fingerprint?: string;
  readonly label?: Readonly<Record<string, string>>;
}

function addCommand(): Command {
  return remoteCommand('add', 'add a host; its key is pinned')
    .argument('<name>', 'name of the host')
    .argument('<address>', 'name or IP address')
    .requiredOption('--cloud <cloud>', 'name or id')
    .requiredOption('--credential <credential>', 'name or id of the SSH key')
    .option('--user <user>', 'account on the host: root, or one in group docker', 'root')
    .option('--port <port>', 'of sshd', parseCount, 22)
    .option('--fingerprint <SHA256:…>', 'the key that it must show (default: it is shown and you are asked)')
    .option('--label <key=value>', 'a label; again for more', collectPairs)
    .action((name: string, address: string, options: AddOptions) =>
      withServer(options, async ({ api, output }) => {
        const { port, user, label } = options;
        const cloud = await findCloud(api, options.cloud);
        const credential = pick('credential', options.credential, await api.credential.list.query(), (one) => [one.name]);
        const hostKey = await api.host.scanKey.mutate({ address, port });
        await requireTrusted(hostKey, address, options.fingerprint);
        const added = await api.host.add.mutate({
          cloudId: cloud.id,
          name,
          address,
          port,
          user,
          credentialId: credential.id,
          hostKey,
          ...(label ? { labels: label } : {}),
        });
        output.result(added, () => [`Added ${name} as ${added.hostId}`]);
      }),
    );
}

/** @throws ClockerError host.key-unknown */
async function requireTrusted(key: HostKey, address: string, wanted: string | undefined): Promise<void> {
  const shown = printable(`${key.type} ${key.fingerprint}`);
  if (wanted === key.fingerprint) return;
  if (wanted !== undefined) {
    throw new ClockerError('host.key-changed', { message: `${address} shows ${shown}, not ${wanted}`, hint: 'Is this the right machine?' });
  }
  const hint = 'Compare it with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the machine, then give --fingerprint.';
  if (!process.stdin.isTTY) throw new ClockerError('host.key-unknown', { message: `${address} shows ${shown}`, hint });
  const answer = await confirm({ message: `${address} shows ${shown}. Is this its key?`, initialValue: false });
  if (isCancel(answer) || !answer) throw new ClockerError('cancelled', { message: 'No host was added' });
}

function cordonCommand(name: string, description: string, cordoned: boolean): Command {
  return remoteCommand(name, description)
    .argument('<host>', 'name or id')
    .action((reference: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const host = await findHost(api, reference);
        await api.host.cordon.mutate({ hostId: host.id, cordoned });
        output.result({ hostId: host.id, cordoned }, () => [`${host.name} is ${cordoned ? 'cordoned' : 'open'}`]);
      }),
    );
}

function removeCommand(): Command {
  return remoteCommand('remove', 'take a host out of its cloud; refused while it has containers or data of ours')
    .argument('<host>', 'name or id')
    .action((reference: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const host = await findHost(api, reference);
        await api.host.remove.mutate({ hostId: host.id });
        output.result({ hostId: host.id }, () => [`Removed ${host.name}`]);
      }),
    );
}
