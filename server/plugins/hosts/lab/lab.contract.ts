import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalExec } from '../../../adapters/process/local-exec.ts';
import { createLocalFiles } from '../../../adapters/process/local-files.ts';
import type { ExecResult } from '../../../ports/local-exec.ts';
import type { DockerCli } from './docker-cli.ts';
import { applyFault, isCutOff } from './faults.ts';
import { findDocker } from './find-docker.ts';
import { labDown, releaseHosts } from './lab-down.ts';
import { removeHost } from './lab-hosts.ts';
import { LAB_LABEL, NAME_LABEL } from './lab-labels.ts';
import type { ProvisionedMachine } from './lab-machines.ts';
import { toLabSettings } from './lab-settings.ts';
import { listMachines } from './lab-status.ts';
import { labUp } from './lab-up.ts';
import { toLabWorld } from './lab-world.ts';
import { observeLab } from './observe-lab.ts';
import { sshCommand } from './ssh-access.ts';

const LAB = 'contract';
const MINUTES = 60_000;
const MEMORY = 1024 ** 3;

const exec = createLocalExec();
const files = createLocalFiles();
const settings = toLabSettings({ ...process.env, CLOCKER_LAB_NAME: LAB });
const world = toLabWorld({ exec, files, settings });

let machines: readonly ProvisionedMachine[] = [];
let docker: DockerCli;

const onHost = (host: string, command: string, timeoutMs = 60_000): Promise<ExecResult> =>
  exec.run([...sshCommand(world, host), command], { timeoutMs });

beforeAll(async () => {
  await labDown(world);
  machines = await labUp(world, { count: 2, bare: 1, memoryBytes: MEMORY });
  const found = await findDocker(world);
  if (!found) throw new Error('the engine of the lab does not answer');
  docker = found;
}, 20 * MINUTES);

afterAll(() => labDown(world), 5 * MINUTES);

describe('a lab', () => {
  it('gives hosts that answer on SSH with the key that it says', async () => {
    expect(machines.map(({ name, bare, state }) => ({ name, bare, state }))).toEqual([
      { name: 'host-1', bare: false, state: 'running' },
      { name: 'host-2', bare: false, state: 'running' },
      { name: 'bare-1', bare: true, state: 'running' },
    ]);
    for (const { name, address, hostKey } of machines) {
      const scanned = await exec.run(['ssh-keyscan', '-t', 'ed25519', address]);
      const fingerprint = await exec.run(['ssh-keygen', '-lf', '-'], { input: scanned.stdout });
      expect(fingerprint.stdout).toContain(hostKey.fingerprint);
      expect((await onHost(name, 'hostname')).stdout.trim()).toBe(name);
    }
  });

  it('runs a stock sshd and an init system', async () => {
    const limits = (await onHost('host-1', 'sshd -T')).stdout;
    expect(limits).toContain('maxsessions 10\n');
    expect(limits).toContain('maxstartups 10:30:100\n');
    expect((await onHost('host-1', 'systemctl is-system-running')).stdout.trim()).toBe('running');
  });

  it('lets root and an ordinary user use the Docker Engine of a host', async () => {
    expect((await onHost('host-1', 'docker info --format "{{.LiveRestoreEnabled}}"')).stdout.trim()).toBe('true');
    const [first] = machines;
    const asUser = [...sshCommand(world, 'host-1').slice(0, -1), '-l', 'lab', first?.name ?? '', 'docker ps -q && sudo -n id -u'];
    expect(await exec.run(asUser)).toMatchObject({ code: 0, stdout: '0\n' });
  });

  it('has no Docker Engine on a bare host, and says so', async () => {
    expect((await onHost('bare-1', 'command -v docker')).code).not.toBe(0);
  });

  it('limits the memory of a host', async () => {
    const limit = 'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null';
    expect((await onHost('host-1', limit)).stdout.trim()).toBe(String(MEMORY));
    expect(machines[0]?.memoryBytes).toBe(MEMORY);
  });

  it('pulls an image by its usual name and runs it', async () => {
    const run = await onHost('host-1', 'docker run --rm busybox:1.35 echo hello', 2 * MINUTES);
    expect(run).toMatchObject({ code: 0, stdout: 'hello\n' });
  });

  it('says in less than 3 s that an image does not exist', async () => {
    const started = performance.now();
    const pull = await onHost('host-1', 'docker pull nosuchimage:1');
    expect(pull.code).not.toBe(0);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it(
    'keeps running hosts when it is brought up again',
    async () => {
      const before = (await observeLab(docker, LAB)).hosts.map(({ pid }) => pid);
      await labUp(world, { count: 2, bare: 1, memoryBytes: MEMORY });
      expect((await observeLab(docker, LAB)).hosts.map(({ pid }) => pid)).toEqual(before);
    },
    2 * MINUTES,
  );

  it(
    'brings back a host that is gone',
    async () => {
      await removeHost(docker, { container: `${LAB}-host-2` });
      const again = await labUp(world, { count: 2, bare: 1, memoryBytes: MEMORY });
      expect(again.find(({ name }) => name === 'host-2')).toMatchObject({ state: 'running', address: machines[1]?.address });
    },
    2 * MINUTES,
  );
});

describe('a fault', () => {
  it('that freezes a host silences it until it is thawed', async () => {
    await applyFault(world, docker, { kind: 'pause', host: 'host-1' });
    expect((await onHost('host-1', 'true', 15_000)).code).not.toBe(0);
    await applyFault(world, docker, { kind: 'unpause', host: 'host-1' });
    expect((await onHost('host-1', 'true')).code).toBe(0);
  });

  it(
    'that cuts the power keeps the host key, the disk and what has to run',
    async () => {
      const started = await onHost('host-1', 'docker run --detach --name keeps --restart always busybox:1.35 sleep 10000', 2 * MINUTES);
      expect(started.code).toBe(0);
      await applyFault(world, docker, { kind: 'kill', host: 'host-1' });
      expect((await listMachines(world, docker))[0]?.state).toBe('stopped');
      await applyFault(world, docker, { kind: 'start', host: 'host-1' });
      await expect
        .poll(async () => (await onHost('host-1', 'docker ps --format "{{.Names}}"')).stdout, { timeout: 20_000 })
        .toBe('keeps\n');
      expect((await listMachines(world, docker))[0]?.hostKey).toEqual(machines[0]?.hostKey);
    },
    2 * MINUTES,
  );

  it('that pulls the cable is seen in the status and mended by heal', async () => {
    await applyFault(world, docker, { kind: 'cut', host: 'host-2' });
    const host = (await observeLab(docker, LAB)).hosts.find(({ name }) => name === 'host-2');
    expect(host && (await isCutOff(world, host))).toBe(true);
    expect((await onHost('host-2', 'true', 15_000)).code).not.toBe(0);
    await applyFault(world, docker, { kind: 'heal' });
    expect((await onHost('host-2', 'true')).code).toBe(0);
  });

  it('that parts two hosts leaves both reachable from here', async () => {
    const ping = `ping -c 1 -W 1 ${machines[1]?.address}`;
    expect((await onHost('host-1', ping)).code).toBe(0);
    await applyFault(world, docker, { kind: 'partition', host: 'host-1', other: 'host-2' });
    expect((await onHost('host-1', ping)).code).not.toBe(0);
    expect((await onHost('host-2', 'true')).code).toBe(0);
    await applyFault(world, docker, { kind: 'heal', host: 'host-2' });
    expect((await onHost('host-1', ping)).code).toBe(0);
  });

  it('to a host that does not exist names those that do', async () => {
    await expect(applyFault(world, docker, { kind: 'kill', host: 'host-9' })).rejects.toMatchObject({
      code: 'not-found',
      hint: 'Its hosts: host-1, host-2, bare-1.',
    });
  });
});

describe('a lab that is taken down', () => {
  it('gives back one host with its disk, and nothing else', async () => {
    await releaseHosts(world, docker, ['host-2']);
    expect((await listMachines(world, docker)).map(({ name }) => name)).toEqual(['host-1', 'bare-1']);
    await expect(releaseHosts(world, docker, ['host-2'])).rejects.toMatchObject({ code: 'not-found' });
  });

  it(
    'leaves nothing behind, and may be taken down twice',
    async () => {
      await labDown(world);
      await labDown(world);
      const left = await findDocker(world);
      const filter = ['--filter', `label=${LAB_LABEL}=1`, '--filter', `label=${NAME_LABEL}=${LAB}`, '--quiet'];
      for (const list of [
        ['ps', '--all'],
        ['volume', 'ls'],
        ['network', 'ls'],
      ]) {
        expect(left ? await left.must([...list, ...filter]) : '').toBe('');
      }
      expect(await files.list(world.paths.labFolder)).toEqual([]);
      expect((await exec.run(['iptables', '-w', '-S'])).stdout).not.toContain(`clocker-lab:${LAB}:`);
      expect(left ? await listMachines(world, left) : []).toEqual([]);
    },
    5 * MINUTES,
  );
});
