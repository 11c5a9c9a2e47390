import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../adapters/clock/system-clock.ts';
import { createLocalExec } from '../../adapters/process/local-exec.ts';
import { createLocalFiles } from '../../adapters/process/local-files.ts';
import { createHostConnector } from '../../adapters/ssh/create-host-connector.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { containerName, LABEL, ownershipLabels } from '../../domain/entity/ownership.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import { labDown } from '../../plugins/hosts/lab/lab-down.ts';
import type { ProvisionedMachine } from '../../plugins/hosts/lab/lab-machines.ts';
import { toLabSettings } from '../../plugins/hosts/lab/lab-settings.ts';
import { labUp } from '../../plugins/hosts/lab/lab-up.ts';
import { type LabWorld, toLabWorld } from '../../plugins/hosts/lab/lab-world.ts';
import { type HostWorld, openHostWorld } from '../../testing/host-world.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { anEntity, anInstance } from '../../testing/records.ts';
import { addHost } from '../commands/hosts/add-host.ts';
import { createCloud } from '../commands/hosts/create-cloud.ts';
import { createCredential } from '../commands/hosts/create-credential.ts';
import { scanHostKey } from '../commands/hosts/scan-host-key.ts';
import { followContainerLogs } from '../queries/container-logs.ts';

const IMAGE = 'busybox:1.35';
const exec = createLocalExec();
const labWorld: LabWorld = toLabWorld({
  exec,
  files: createLocalFiles(),
  settings: toLabSettings({ ...process.env, CLOCKER_LAB_NAME: 'host-contract' }),
});

let machine: ProvisionedMachine;
let world: HostWorld;
let hostId: HostId;

beforeAll(async () => {
  const machines = await labUp(labWorld, { count: 1 });
  if (!machines[0]) throw new Error('the lab has no host');
  machine = machines[0];
  const connector = createHostConnector({ clock: createSystemClock(), log: quietLog() });
  world = await openHostWorld({ connector });
  const { context, controller } = world;
  const { cloudId } = await createCloud(context, { name: 'contract' });
  const { credentialId } = await createCredential(context, { name: 'contract', privateKey: machine.privateKeyPem });
  const { address, port, user, name, hostKey } = machine;
  expect(await scanHostKey(context, { address, port })).toEqual(hostKey);
  controller.start();
  ({ hostId } = await addHost(context, { cloudId, name, address, port, user, credentialId, hostKey }));
  await eventually(() => expect(host().state).toBe('ready'), 15_000);
  await onHost('for c in $(docker ps -aq); do docker rm -f $c; done; docker pull -q busybox:1.35');
});

afterAll(async () => {
  await world?.close();
  await labDown(labWorld);
});

describe('a real host', () => {
  it('tells its own limits, not those of the machine below', () => {
    expect(host().facts).toMatchObject({ cgroupVersion: '1', memoryBytes: machine.memoryBytes, liveRestore: true });
    expect(host().facts?.os).toContain('Debian');
  });

  it('tells of a killed container within half a second, with its exit code', async () => {
    const instance = await running('KILLED', ['sleep', '1000']);
    const startedAt = performance.now();
    await onHost(`docker kill ${instance.containerName}`);
    const told = performance.now();
    await eventually(() => expect(rowOf('KILLED')).toMatchObject({ state: 'exited', exitCode: 137, ready: false }), 5_000);
    expect(performance.now() - told).toBeLessThan(500);
    expect(told - startedAt).toBeLessThan(20_000);
  });

  it('tells a container that ran out of memory', async () => {
    await running('GREEDY', ['sh', '-c', 'x=a; while :; do x=$x$x; done'], ['--memory', '16m']);
    await eventually(() => expect(rowOf('GREEDY')).toMatchObject({ state: 'exited', oomKilled: true, exitCode: 137 }), 20_000);
  });

  it('takes readiness back when a container is restarted by somebody', async () => {
    const instance = await running('RESTARTED', ['sleep', '1000']);
    await onHost(`docker restart -t 0 ${instance.containerName}`);
    await eventually(() => {
      const now = rowOf('RESTARTED');
      expect(now).toMatchObject({ state: 'running', ready: false });
      expect(now.startedAt).toBeGreaterThan(instance.startedAt ?? 0);
    }, 5_000);
  });

  it('removes what is ours and known to nobody, and touches nothing else', async () => {
    const name = containerName(world.context.secrets.planeId, 'NOBODY', 1);
    const labels = labelsOf('NOBODY', name);
    await onHost(`docker run -d --name foreign ${flags(labels)} ${IMAGE} sleep 1000`);
    await onHost(`docker run -d --name forged ${flags({ ...labels, [LABEL.name]: 'forged' })} ${IMAGE} sleep 1000`);
    await onHost(`docker run -d --name ${name} ${flags(labels)} ${IMAGE} sleep 1000`);
    await eventually(async () => expect(await names()).not.toContain(name), 15_000);
    expect(await names()).toEqual(expect.arrayContaining(['foreign', 'forged']));
    await eventually(() => expect(host().foreignContainers).toBe(2), 10_000);
  });

  it('measures containers as docker stats does', async () => {
    const busy = await running('BUSY', ['sh', '-c', 'while :; do :; done'], ['--cpus', '0.3']);
    await running('QUIET', ['sleep', '1000']);
    await eventually(() => expect(latest('BUSY')['docker.container.cpu']).toBeGreaterThan(0), 10_000);
    await pause(3_000);
    const stats = await onHost(`docker stats --no-stream --format '{{.CPUPerc}} {{.MemUsage}}' ${busy.containerName}`);
    const [percent = '', memory = ''] = stats.trim().split(/\s+/);
    expect(Math.abs(Number(latest('BUSY')['docker.container.cpu']) - Number.parseFloat(percent) / 100)).toBeLessThan(0.15);
    expect(Math.abs(Number(latest('BUSY')['docker.container.memory']) - toBytes(memory))).toBeLessThan(1_000_000);
    expect(latest('QUIET')['docker.container.cpu']).toBeLessThan(0.05);
    const points = await history('BUSY', 'docker.container.cpu');
    expect(points.length).toBeGreaterThanOrEqual(3);
  });

  it('follows the lines of an entity over the end of its container to the next incarnation', async () => {
    const abort = new AbortController();
    const lines: string[] = [];
    const first = await running('TALK', ['sh', '-c', 'for i in 1 2 3; do echo one-$i; sleep 0.1; done']);
    const reading = (async () => {
      const options = { entityId: entityId('TALK'), tail: 100, follow: true, signal: abort.signal };
      for await (const line of followContainerLogs(world.context, options)) lines.push(line.marker ? '--' : line.text);
    })();
    await eventually(() => expect(lines).toEqual(['one-1', 'one-2', 'one-3']), 10_000);
    await onHost(`docker start ${first.containerName}`);
    await eventually(() => expect(lines).toEqual(['one-1', 'one-2', 'one-3', 'one-1', 'one-2', 'one-3']), 10_000);
    await running('TALK', ['sh', '-c', 'echo two; sleep 1000'], [], 2);
    await eventually(() => expect(lines.slice(6)).toEqual(['--', 'two']), 10_000);
    abort.abort();
    await reading;
  });

  it('says within 10 s that a frozen dockerd does not answer, and is back when it thaws', async () => {
    const instance = await running('FROZEN', ['sleep', '1000']);
    await onHost('kill -STOP $(pidof dockerd)');
    try {
      await eventually(
        () => expect(host()).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('does not answer') }),
        10_000,
      );
      expect(rowOf('FROZEN').state).toBe('running');
    } finally {
      await onHost('kill -CONT $(pidof dockerd)');
    }
    await eventually(() => expect(host().state).toBe('ready'), 6_000);
    expect(rowOf('FROZEN')).toEqual(instance);
  });

  it('finds out what happened while dockerd was stopped, and says meanwhile that it is', async () => {
    const instance = await running('STOPPED', ['sleep', '1000']);
    await onHost('systemctl stop docker.socket docker.service');
    await eventually(
      () => expect(host()).toMatchObject({ state: 'unreachable', reason: expect.stringMatching(/is (stopped|not running)/) }),
      8_000,
    );
    await onHost(`kill -KILL ${await pidOf(instance)}`);
    await onHost('systemctl start docker.service');
    await eventually(() => expect(rowOf('STOPPED').state).toBe('exited'), 10_000);
    expect(host().state).toBe('ready');
  });
});

function host(): Host {
  return world.context.store.view.get('host', hostId) as Host;
}

function entityId(name: string) {
  return anEntity({ id: name }).id;
}

function rowOf(name: string): Instance {
  const rows = [...world.context.store.view.instancesOf(name)].sort((a, b) => b.incarnation - a.incarnation);
  return rows[0] as Instance;
}

function latest(name: string): Readonly<Record<string, number>> {
  return world.context.metrics.latest(name);
}

function history(subjectId: string, sensor: string) {
  return world.context.history.read({ subjectId, sensor, fromMs: Date.now() - 60_000, toMs: Date.now() });
}

/** Starts a container as the entity side would, and writes its row. */
async function running(entity: string, argv: readonly string[], options: readonly string[] = [], incarnation = 1): Promise<Instance> {
  const name = containerName(world.context.secrets.planeId, entity, incarnation);
  const row = anInstance({ id: `${entity}-${incarnation}`, entityId: entity, containerName: name, hostId, incarnation, state: 'planned' });
  await world.context.store.commit((draft) => {
    draft.put('entity', anEntity({ id: entity, name: entity.toLowerCase() }));
    draft.put('instance', { ...row, stoppingSince: null, serves: [] });
  });
  const command = argv.map((word) => `'${word}'`).join(' ');
  await onHost(`docker run -d --name ${name} ${options.join(' ')} ${flags(labelsOf(entity, name, incarnation))} ${IMAGE} ${command}`);
  const container = await world.context.hosts.operate(hostId, ({ engine }) => engine.inspectContainer(name));
  if (!container) throw new Error(`${name} is not there`);
  const { id: containerId, startedAtMs: startedAt, bridgeAddress } = container;
  return await world.context.store.commit((draft) => {
    const now = {
      ...(draft.get('instance', row.id) as Instance),
      state: 'running' as const,
      ready: true,
      containerId,
      startedAt,
      bridgeAddress,
    };
    draft.put('instance', now);
    return now;
  });
}

function labelsOf(entity: string, name: string, incarnation = 1): Readonly<Record<string, string>> {
  const { planeId, sign } = world.context.secrets;
  const instanceId = `${entity}-${incarnation}`;
  return ownershipLabels({ planeId, name, applicationId: 'shop', entityId: entity, instanceId, incarnation, specHash: '' }, sign);
}

function flags(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `--label ${key}=${value}`)
    .join(' ');
}

async function onHost(script: string): Promise<string> {
  const config = `${labWorld.paths.labFolder}/ssh_config`;
  const { code, stdout, stderr } = await exec.run(['ssh', '-n', '-F', config, machine.name, script], { timeoutMs: 60_000 });
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout;
}

async function names(): Promise<readonly string[]> {
  return (await onHost("docker ps -a --format '{{.Names}}'")).split('\n');
}

async function pidOf(instance: Instance): Promise<string> {
  return (await onHost(`cat /sys/fs/cgroup/pids/docker/${instance.containerId}/cgroup.procs`)).split('\n')[0] ?? '';
}

function toBytes(text: string): number {
  const unit = { B: 1, KiB: 1_024, MiB: 1_024 ** 2, GiB: 1_024 ** 3 }[/[A-Za-z]+/.exec(text)?.[0] ?? ''] ?? Number.NaN;
  return Number.parseFloat(text) * unit;
}

async function eventually(check: () => void | Promise<void>, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (true) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(25);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
