import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { docker, sharedEngine } from '../testing/real-engine.ts';
import { startRealSshd } from '../testing/real-sshd.ts';
import { sampleOf } from '../testing/sample-of.ts';
import { sdnCloud } from '../testing/sdn-blueprints.ts';
import { testLab } from '../testing/test-lab.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';

/** Two minutes, most of them of machines that start: not where a suite is sampled. */
const TOLD = sampleOf('overlay swarm', ['swarm'], 0);
const CHILD = path.join(import.meta.dirname, '../testing/engine-process.ts');
const USER: TaskCause = { kind: 'user', by: 'ann' };
const LOOKING = { timeout: 120_000, interval: 200 };
const SWARM = "docker info --format '{{.Swarm.LocalNodeState}} {{.Swarm.NodeID}} {{.Swarm.Cluster.ID}} {{.Swarm.Nodes}}'";
const MARK = 'cat /var/lib/clocker/*/swarm 2>/dev/null';
const OVERLAYS = 'docker network ls -q --filter driver=overlay | wc -l';
/** Ends as soon as it is noted that the host joins, and says what was noted by then. */
const JOINING = `n=0; until m=$(${MARK}) && [ -n "$m" ] || [ $n -gt 2000 ]; do sleep 0.02; n=$((n + 1)); done; echo "$m"`;
const SHOP = `
name: shop
location: swarm-cloud
brooklyn.config: { docker.networks: { back: {} } }
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: 2
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: "docker:busybox:1.35"
        brooklyn.config: { docker.image.commands: [sleep, infinity], docker.container.networks: [back] }
`;

describe.skipIf(TOLD.length === 0)('the Swarm of a cloud with overlay networks', () => {
  const { env, lab } = testLab('swtest');
  let home: string;
  let key: string;
  let engineSocket: string;
  let world: EmptyWorld;
  let shop: ApplicationId;
  let child: ChildProcess | undefined;

  const hosts = () => [...world.store.view.all('host').values()].sort((a, b) => a.order - b.order);
  const problems = () => [...world.store.view.all('network').values()].map(({ problem }) => problem).join('\n');
  const members = () => [...world.store.view.all('instance').values()].filter(({ state }) => state === 'running');

  async function onHost(n: number, script: string): Promise<string> {
    const session = world.engine.context.hosts.ready(hosts()[n]?.id ?? ('' as never));
    if (!session) throw new Error(`host ${n} is not ready`);
    return (await session.shell.run(script, { timeoutMs: 100_000 })).output.trim();
  }

  /** Past every console. */
  async function inMachine(name: string, script: string): Promise<string> {
    return await docker(engineSocket, ['exec', name, 'sh', '-c', script]);
  }

  async function machineWithout(what: string): Promise<string> {
    for (const name of ['swtest-host-1', 'swtest-host-2']) if ((await inMachine(name, `${what}; :`)) === '') return name;
    throw new Error('both have it');
  }

  const onBoth = (script: string): Promise<string[]> => Promise.all([onHost(0, script), onHost(1, script)]);

  async function open(): Promise<void> {
    world = await openEmptyWorld({ env, home });
    await vi.waitFor(
      () => {
        expect(hosts().map(({ id, state }) => `${state} ${world.engine.context.hosts.ready(id) !== null}`)).toEqual([
          'ready true',
          'ready true',
        ]);
      },
      { timeout: 400_000, interval: 200 },
    );
  }

  beforeAll(async () => {
    await labDown(lab);
    engineSocket = await sharedEngine();
    home = await mkdtemp(path.join(tmpdir(), 'clocker-swarm-'));
    key = path.join(home, 'key');
    const sshd = await startRealSshd();
    await writeFile(key, sshd.target.privateKey, { mode: 0o600 });
    await sshd.stop();
    world = await openEmptyWorld({ env, home });
    const text = sdnCloud({ location: 'swarm-cloud', hosts: 2, provider: 'overlay-network' });
    await deployApplication(world.engine.context, USER, { text, location: 'lab:(memory=512m)' });
    await world.close();
    await open();
    await onBoth(`sed -i 's/"live-restore": true/"live-restore": false/' /etc/docker/daemon.json && systemctl reload docker`);
  }, 600_000);

  afterAll(async () => {
    child?.kill('SIGKILL');
    await world.close();
    await vi.waitFor(() => labDown(lab), { timeout: 180_000, interval: 1_000 });
    await rm(home, { recursive: true, force: true });
  }, 240_000);

  it('does not take a host out of a Swarm of others, and says why', async () => {
    const address = hosts()[1]?.facts?.underlay?.address;
    await onHost(1, `docker swarm init --advertise-addr ${address} && docker network create -d overlay --attachable theirs`);
    const before = await onHost(1, `${SWARM}; docker network ls -q | sort`);
    expect(before).toMatch(/^active \S+ \S+ 1\n/);
    shop = (await deployApplication(world.engine.context, USER, { text: SHOP })).applicationId;
    await vi.waitFor(() => expect(problems()).toContain('is in a Docker Swarm that is not Clocker’s'), LOOKING);
    expect(problems()).toContain('docker swarm leave');
    expect(await onHost(1, SWARM)).toBe(before.split('\n')[0]);
    expect(await onHost(1, `${MARK}; docker network inspect --format '{{.Name}}' theirs`)).toBe('theirs');
  });

  it('is one of both hosts after the console was killed while the second joined', async () => {
    await world.close();
    // Nobody is there to let it join by the time it is free.
    const second = await machineWithout(MARK);
    await inMachine(second, 'docker network rm theirs && docker swarm leave --force');
    const joining = spawn(process.execPath, [CHILD, home, key, key], { env: { ...process.env, ...env }, stdio: 'ignore' });
    child = joining;
    const ended = once(joining, 'exit');
    const noted = await inMachine(second, JOINING);
    joining.kill('SIGKILL');
    await ended;
    // Which node it is, or whether it is one, nobody has noted.
    expect(noted).toMatch(/^(own|kept)$/);
    await open();
    await vi.waitFor(() => expect(`${members().length} ${problems()}`.trim()).toBe('2'), LOOKING);
    const marks = await onBoth(MARK);
    expect(marks).toEqual([expect.stringMatching(/^(own|kept) \w{20,}$/), expect.stringMatching(/^(own|kept) \w{20,}$/)]);
    expect((await onBoth(SWARM)).map((line) => line.split(' ')[1])).toEqual(marks.map((mark) => mark.split(' ')[1]));
    const [from, to] = members();
    await vi.waitFor(async () => {
      const target = to?.endpoints?.[0]?.address ?? '';
      const session = world.engine.context.hosts.ready(from?.hostId ?? ('' as never));
      const ping = await session?.engine.exec(from?.containerId ?? '', { argv: ['ping', '-c', '1', '-W', '1', target], timeoutMs: 10_000 });
      expect(ping?.code).toBe(0);
    }, LOOKING);
  });

  it('leaves nothing on them when the last network is gone', async () => {
    await deleteApplication(world.engine.context, USER, { applicationId: shop, removeVolumes: true });
    await vi.waitFor(() => expect(world.store.view.all('network').size).toBe(0), LOOKING);
    const left = `docker info --format '{{.Swarm.LocalNodeState}}'; ${OVERLAYS}; ls /var/lib/clocker /run/clocker 2>/dev/null | wc -l`;
    expect(await onBoth(left)).toEqual(['inactive\n0\n0', 'inactive\n0\n0']);
  });
});
