import { Command } from 'commander';
import { applyFault, type Fault } from '../../plugins/hosts/lab/faults.ts';
import { parseBytes } from './quantities.ts';
import { requireDocker, withLab } from './with-lab.ts';

interface FaultOptions {
  readonly memory: number;
  readonly json?: boolean;
}

const SIMPLE = [
  ['stop', 'shut the host down in an orderly way'],
  ['start', 'boot it and wait until it answers'],
  ['kill', 'cut its power'],
  ['pause', 'freeze every process on it'],
  ['unpause', 'let a frozen host go on'],
  ['cut', 'pull its network cable'],
] as const;

/** `clocker lab fault …`: does to a host what happens to hosts. */
export function faultCommand(): Command {
  const command = new Command('fault').description('break a host of the lab, and mend it');
  for (const [kind, description] of SIMPLE) {
    command.addCommand(
      new Command(kind)
        .description(description)
        .argument('<host...>')
        .option('--json', 'print JSON')
        .action((hosts: string[], options: FaultOptions) =>
          doFaults(
            options,
            hosts.map((host) => ({ kind, host })),
          ),
        ),
    );
  }
  return command.addCommand(healCommand()).addCommand(partitionCommand()).addCommand(limitCommand());
}

function healCommand(): Command {
  return new Command('heal')
    .description('plug cables in again and end partitions: of the hosts named, or of all')
    .argument('[host...]')
    .option('--json', 'print JSON')
    .action((hosts: string[], options: FaultOptions) =>
      doFaults(options, hosts.length === 0 ? [{ kind: 'heal' }] : hosts.map((host) => ({ kind: 'heal', host }))),
    );
}

function partitionCommand(): Command {
  return new Command('partition')
    .description('let two hosts no longer reach each other; this machine still reaches both')
    .argument('<host>')
    .argument('<other>')
    .option('--json', 'print JSON')
    .action((host: string, other: string, options: FaultOptions) => doFaults(options, [{ kind: 'partition', host, other }]));
}

function limitCommand(): Command {
  return new Command('limit')
    .description('change the memory of a running host')
    .argument('<host...>')
    .requiredOption('--memory <size>', 'for example 512m', parseBytes)
    .option('--json', 'print JSON')
    .action((hosts: string[], options: FaultOptions) =>
      doFaults(
        options,
        hosts.map((host) => ({ kind: 'limit', host, memoryBytes: options.memory })),
      ),
    );
}

async function doFaults(options: FaultOptions, faults: readonly Fault[]): Promise<void> {
  await withLab(options, async (world, output) => {
    const docker = await requireDocker(world);
    for (const fault of faults) await applyFault(world, docker, fault);
    output.result(faults, () => faults.map((fault) => `${fault.kind}: ${fault.host ?? 'all hosts'}`));
  });
}
