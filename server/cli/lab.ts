import { Command, InvalidArgumentError, Option } from 'commander';
import { findDocker } from '../plugins/hosts/lab/find-docker.ts';
import { labDown, releaseHosts } from '../plugins/hosts/lab/lab-down.ts';
import { labUp } from '../plugins/hosts/lab/lab-up.ts';
import type { LabWorld } from '../plugins/hosts/lab/lab-world.ts';
import { readLabStatus } from '../plugins/hosts/lab/read-lab-status.ts';
import { type Output, toTable } from './client/output.ts';
import { faultCommand } from './lab/fault.ts';
import { imagesCommand } from './lab/images.ts';
import { formatBytes, parseBytes } from './lab/quantities.ts';
import { requireDocker, withLab } from './lab/with-lab.ts';

interface UpOptions {
  readonly hosts: number;
  readonly bare: number;
  readonly memory: number;
  readonly cpus?: number;
  readonly init?: 'systemd' | 'plain';
  readonly json?: boolean;
}

/** `clocker lab …`: real hosts on this machine, without a server. */
export function labCommand(): Command {
  return new Command('lab')
    .description('real Docker hosts on this machine, to try Clocker on and to break')
    .addCommand(upCommand())
    .addCommand(downCommand())
    .addCommand(statusCommand())
    .addCommand(imagesCommand())
    .addCommand(faultCommand())
    .addHelpText(
      'after',
      '\nCLOCKER_LAB_NAME names the lab (default: clocker), CLOCKER_LAB_DIR and CLOCKER_LAB_CACHE say where it keeps its files.',
    );
}

function upCommand(): Command {
  return new Command('up')
    .description('make what is missing, start what is stopped, heal every fault; hosts that run are kept')
    .option('--hosts <number>', 'hosts with a Docker Engine', parseCount, 3)
    .option('--bare <number>', 'hosts without one, in addition', parseCount, 0)
    .option('--memory <size>', 'memory of each new host, for example 4g', parseBytes, parseBytes('4g'))
    .option('--cpus <number>', 'CPUs of each new host, for example 1.5', parseCpus)
    .addOption(new Option('--init <init>', 'what boots a new host (default: systemd, else plain)').choices(['systemd', 'plain']))
    .option('--json', 'print JSON')
    .action((options: UpOptions) =>
      withLab(options, async (world, output) => {
        const { hosts, bare, memory, cpus, init } = options;
        await labUp(world, { count: hosts, bare, memoryBytes: memory, ...(cpus ? { cpus } : {}), ...(init ? { init } : {}) });
        await printStatus(world, output);
      }),
    );
}

function downCommand(): Command {
  return new Command('down')
    .description('remove the lab, or only the hosts named; built images stay in the cache')
    .argument('[host...]', 'hosts to remove')
    .option('--json', 'print JSON')
    .action((hosts: string[], options: { readonly json?: boolean }) =>
      withLab(options, async (world, output) => {
        if (hosts.length === 0) await labDown(world);
        else await releaseHosts(world, await requireDocker(world), hosts);
        output.result({ removed: hosts.length === 0 ? 'all' : hosts }, () => [
          `Removed ${hosts.length === 0 ? 'the lab' : hosts.join(', ')}`,
        ]);
      }),
    );
}

function statusCommand(): Command {
  return new Command('status')
    .description('what the lab has and how to reach it')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) => withLab(options, printStatus));
}

async function printStatus(world: LabWorld, output: Output): Promise<void> {
  const status = await readLabStatus(world, await findDocker(world));
  output.result(status, () => {
    if (!status.engine || (!status.subnet && status.hosts.length === 0)) return [`No lab "${status.name}": "clocker lab up" makes one`];
    const rows = status.hosts.map((host) => [
      host.name,
      host.address,
      host.cut ? 'cut off' : host.state,
      formatBytes(host.memoryBytes),
      String(host.cpus),
      host.bare ? 'made bare' : 'Docker',
      host.hostKey.fingerprint,
    ]);
    return [
      ...toTable(['HOST', 'ADDRESS', 'STATE', 'MEMORY', 'CPUS', 'ENGINE', 'HOST KEY'], rows),
      '',
      `Lab       ${status.name} on ${status.subnet ?? 'no network'}`,
      `Images    from ${status.services?.mirror ?? 'no registry'}; built ones may be pushed to ${status.services?.registry ?? 'none'}`,
      `Engine    ${status.engine.socketPath}${status.engine.startedByUs ? ' (of the lab)' : ' (of this machine)'}`,
      `Log in    ssh -F ${status.sshConfig} host-1`,
      `Key       ${status.privateKey} (users root and lab)`,
    ];
  });
}

function parseCount(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) <= 64) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 0 to 64.');
}

function parseCpus(text: string): number {
  const cpus = Number(text);
  if (cpus > 0 && cpus <= 256) return cpus;
  throw new InvalidArgumentError('Give a number of CPUs, for example 1.5.');
}
