import { confirm, isCancel } from '@clack/prompts';
import type { Command } from 'commander';
import type { Host, HostKey, HostPlace } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { findCloud, findHost, pick } from '../client/find.ts';
import { collectPairs, parseCount, parseDuration } from '../client/options.ts';
import { printable, toTable } from '../client/output.ts';
import { waitForTask } from '../client/wait.ts';
import { adoptCommand } from './host-adopt.ts';
import { imagesCommand } from './host-images.ts';

export function hostsCommand(): Command {
  return remoteCommand('hosts', 'hosts that you may see; add, edit, cordon, drain and remove them')
    .action((options: CommonOptions) => withServer(options, listHosts))
    .addCommand(scanCommand())
    .addCommand(addCommand())
    .addCommand(acceptKeyCommand())
    .addCommand(cordonCommand('cordon', 'keep new containers off a host', true))
    .addCommand(cordonCommand('uncordon', 'let new containers on a host again', false))
    .addCommand(drainCommand())
    .addCommand(checkCommand())
    .addCommand(setUpCommand())
    .addCommand(imagesCommand())
    .addCommand(adoptCommand())
    .addCommand(maintenanceCommand())
    .addCommand(editCommand())
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
        stateOf(host),
        host.cloudId === null ? '' : (cloudNames.get(host.cloudId) ?? host.cloudId),
        `${host.address}:${host.port}`,
        host.facts?.engineVersion ?? '',
        host.id,
        host.reason,
      ]),
    ),
  );
}

function stateOf({ state, cordoned, drain, maintenance }: Host): string {
  const also = [cordoned ? 'cordoned' : '', drain ? 'draining' : '', maintenance ? 'in maintenance' : ''];
  return [state, ...also].filter((word) => word !== '').join(', ');
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
  readonly setUp?: boolean;
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
    .option('--set-up', 'install Docker Engine where it is missing, and configure it')
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
          ...(options.setUp ? { setUp: true } : {}),
        });
        output.result(added, () => [`Added ${name} as ${added.hostId}`]);
      }),
    );
}

function acceptKeyCommand(): Command {
  return remoteCommand('accept-key', 'pin the key that a machine shows now, once you have compared it: it was set up anew')
    .argument('<host>', 'name or id')
    .option('--fingerprint <SHA256:…>', 'the key that it must show (default: it is shown and you are asked)')
    .action((reference: string, options: CommonOptions & { readonly fingerprint?: string }) =>
      withServer(options, async ({ api, output }) => {
        const { id: hostId, name } = await findHost(api, reference);
        const { address, port, hostKey: pinned } = await api.host.get.query({ hostId });
        const hostKey = await api.host.scanKey.mutate({ address, port });
        if (hostKey.fingerprint === pinned.fingerprint) {
          output.result({ hostId, hostKey }, () => [`${name} shows the key that is pinned`]);
          return;
        }
        await requireTrusted(hostKey, address, options.fingerprint);
        await api.host.acceptKey.mutate({ hostId, hostKey });
        output.result({ hostId, hostKey }, () => [`Pinned ${hostKey.fingerprint} for ${name}`]);
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
  if (isCancel(answer) || !answer) throw new ClockerError('cancelled', { message: 'Nothing was done' });
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

interface DrainOptions extends CommonOptions {
  readonly remove?: boolean;
  readonly cancel?: boolean;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly timeout: number;
}

function drainCommand(): Command {
  return remoteCommand('drain', 'cordon a host and move what can leave it to others')
    .argument('<host>', 'name or id')
    .option('--dry-run', 'only tell what leaves, and what stays and why')
    .option('--remove', 'take the empty host out of its cloud afterwards')
    .option('--cancel', 'move no more; the host stays cordoned')
    .option('--wait', 'until nothing leaves any more; the exit code tells whether something stayed')
    .option('--timeout <duration>', 'for --wait', parseDuration, 1_200_000)
    .action((reference: string, options: DrainOptions) =>
      withServer(options, async (session) => {
        const { api, output } = session;
        const { id: hostId, name } = await findHost(api, reference);
        if (options.dryRun) {
          const lines = await api.host.drainPreview.query({ hostId });
          output.result(lines, () =>
            toTable(
              ['ENTITY', 'APPLICATION', 'LEAVES', 'HOW OR WHY NOT'],
              lines.map((line) => [line.name, line.application, line.leaves ? 'yes' : 'no', line.text]),
            ),
          );
          return;
        }
        if (options.cancel) {
          await api.host.cancelDrain.mutate({ hostId });
          output.result({ hostId }, () => [`${name} is not drained any more, and stays cordoned`]);
          return;
        }
        const drained = await api.host.drain.mutate({ hostId, afterwards: options.remove ? 'remove' : 'keep' });
        if (options.wait) await waitForTask(session, drained.taskId, options.timeout);
        output.result(drained, () => [`${options.wait ? 'Drained' : 'Draining'} ${name}`]);
      }),
    );
}

function checkCommand(): Command {
  return remoteCommand('check', 'look at each thing between here and the engine of a host, and say what to do; exit code 1 if one fails')
    .argument('<host>', 'name or id')
    .action((reference: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const host = await findHost(api, reference);
        const checks = await api.host.check.mutate({ hostId: host.id });
        output.result(checks, () =>
          toTable(
            ['CHECK', 'STATE', 'FOUND', 'WHAT TO DO'],
            checks.map((check) => [check.title, check.state, check.text, check.fix ?? '']),
          ),
        );
        if (checks.some(({ state }) => state === 'failed')) process.exitCode = 1;
      }),
    );
}

function setUpCommand(): Command {
  return remoteCommand('set-up', 'install Docker Engine on a host where it is missing, and configure it; or try that again')
    .argument('<host>', 'name or id')
    .action((reference: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const host = await findHost(api, reference);
        await api.host.setUp.mutate({ hostId: host.id });
        output.result({ hostId: host.id }, () => [`Setting up ${host.name}`]);
      }),
    );
}

function maintenanceCommand(): Command {
  return remoteCommand('maintenance', 'say that somebody works on a host: no new containers, and it is not declared lost')
    .argument('<host>', 'name or id')
    .option('--note <text>', 'why')
    .option('--end', 'the work is done')
    .action((reference: string, options: CommonOptions & { readonly note?: string; readonly end?: boolean }) =>
      withServer(options, async ({ api, output }) => {
        const host = await findHost(api, reference);
        const on = options.end !== true;
        await api.host.maintenance.mutate({ hostId: host.id, on, ...(options.note === undefined ? {} : { note: options.note }) });
        output.result({ hostId: host.id, maintenance: on }, () => [`${host.name} is ${on ? '' : 'no longer '}in maintenance`]);
      }),
    );
}

interface EditOptions extends CommonOptions {
  readonly name?: string;
  readonly address?: string;
  readonly port?: number;
  readonly user?: string;
  readonly label?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly zone?: string;
  readonly country?: string;
  readonly coordinates?: string;
}

function editCommand(): Command {
  return remoteCommand('edit', 'change what is known of a host; its pinned key stays')
    .argument('<host>', 'name or id')
    .option('--name <name>', 'another name')
    .option('--address <address>', 'another address')
    .option('--port <port>', 'of sshd', parseCount)
    .option('--user <user>', 'account on the host')
    .option('--label <key=value>', 'a label, added or changed; without a value it is removed; again for more', collectPairs)
    .option('--region <region>', 'where it stands')
    .option('--zone <zone>', 'where it stands')
    .option('--country <code>', 'two letters, such as DE')
    .option('--coordinates <latitude,longitude>', 'in degrees')
    .action((reference: string, options: EditOptions) =>
      withServer(options, async ({ api, output }) => {
        const host = await findHost(api, reference);
        const { name, address, port, user, label } = options;
        await api.host.update.mutate({
          hostId: host.id,
          ...{ name, address, port, user },
          ...(label ? { labels: mergeLabels(host.labels, label) } : {}),
          ...toPlace(host.place, options),
        });
        output.result({ hostId: host.id }, () => [`Changed ${name ?? host.name}`]);
      }),
    );
}

function mergeLabels(before: Host['labels'], given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== ''));
}

/** @throws ClockerError input.invalid for coordinates that are none */
function toPlace(before: HostPlace | undefined, { region, zone, country, coordinates }: EditOptions): { readonly place?: HostPlace } {
  if ([region, zone, country, coordinates].every((part) => part === undefined)) return {};
  const [latitude, longitude] = (coordinates ?? '').split(',').map(Number);
  if (coordinates !== undefined && !(Number.isFinite(latitude) && Number.isFinite(longitude))) {
    throw new ClockerError('input.invalid', {
      message: `${coordinates} are no coordinates`,
      hint: 'Write latitude,longitude in degrees: 52.5,13.4',
    });
  }
  return {
    place: {
      ...before,
      ...(region === undefined ? {} : { region }),
      ...(zone === undefined ? {} : { zone }),
      ...(country === undefined ? {} : { country: country.toUpperCase() }),
      ...(latitude === undefined || longitude === undefined || coordinates === undefined ? {} : { latitude, longitude }),
    },
  };
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
