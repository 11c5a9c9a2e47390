import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createSystemClock } from '../../adapters/clock/system-clock.ts';
import { createHostConnector } from '../../adapters/ssh/create-host-connector.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { containerName, ownershipLabels } from '../../domain/entity/ownership.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import { type HostWorld, openHostWorld } from '../../testing/host-world.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { anEntity, anInstance } from '../../testing/records.ts';
import { addHost } from '../commands/hosts/add-host.ts';
import { createCloud } from '../commands/hosts/create-cloud.ts';
import { createCredential } from '../commands/hosts/create-credential.ts';
import { scanHostKey } from '../commands/hosts/scan-host-key.ts';

/*
 * Asked for by hand (npm run test:vm), as no lab has control groups of version 2: CLOCKER_VM is user@address or user@address:port of a machine with
 * Docker and these, which can pull busybox:1.35; CLOCKER_VM_KEY is the file of a private key that may log in there. It leaves nothing there but the image.
 */

const IMAGE = 'busybox:1.35';
const BUSY = ['--cpus 0.3 --memory 64m', 'sh -c \'x=$(head -c 8000000 /dev/zero | tr "\\0" x); while :; do :; done\''] as const;
const made: string[] = [];

let world: HostWorld;
let hostId: HostId;

function given(): { readonly user: string; readonly address: string; readonly port: number; readonly privateKey: string } {
  const { CLOCKER_VM: machine = '', CLOCKER_VM_KEY: key = '' } = process.env;
  const [, user, address, port = '22'] = /^([^@]+)@([^@]+?)(?::(\d+))?$/.exec(machine) ?? [];
  if (user === undefined || address === undefined || key === '') {
    throw new Error(
      'Give CLOCKER_VM=user@address[:port] of a machine with control groups of version 2, and CLOCKER_VM_KEY, a file of a private key',
    );
  }
  return { user, address, port: Number(port), privateKey: readFileSync(key, 'utf8') };
}

const onHost = (script: string): Promise<string> =>
  world.context.hosts.operate(hostId, async (session) => {
    const { code, stdout, stderr } = await session.script(script, { timeoutMs: 120_000 });
    if (code !== 0) throw new Error(`${script}: ${stderr}`);
    return stdout.trim();
  });

/** Starts a container as the engine would, and writes its row. */
async function running(entityId: string, [options, command]: readonly [string, string]): Promise<Instance> {
  const { planeId, sign } = world.context.secrets;
  const name = containerName(planeId, entityId, 1);
  const labels = ownershipLabels(
    { planeId, name, applicationId: 'vm', entityId, instanceId: `${entityId}-1`, incarnation: 1, specHash: '' },
    sign,
  );
  const flags = Object.entries(labels).map(([key, value]) => `--label ${key}=${value}`);
  const row = anInstance({ id: `${entityId}-1`, entityId, containerName: name, hostId, incarnation: 1, state: 'planned' });
  await world.context.store.commit((draft) => {
    draft.put('entity', anEntity({ id: entityId, name: entityId.toLowerCase() }));
    draft.put('instance', row);
  });
  made.push(name);
  const containerId = await onHost(`docker run -d --name ${name} ${options} ${flags.join(' ')} ${IMAGE} ${command}`);
  const now: Instance = { ...row, state: 'running', ready: true, containerId, startedAt: Date.now(), stoppingSince: null, serves: [] };
  await world.context.store.commit((draft) => draft.put('instance', now));
  return now;
}

beforeAll(async () => {
  const { user, address, port, privateKey } = given();
  world = await openHostWorld({ connector: createHostConnector({ clock: createSystemClock(), log: quietLog() }) });
  const { context, controller } = world;
  const { cloudId } = await createCloud(context, { name: 'vm' });
  const { credentialId } = await createCredential(context, { name: 'vm', privateKey });
  const hostKey = await scanHostKey(context, { address, port });
  controller.start();
  ({ hostId } = await addHost(context, { cloudId, name: 'vm', address, port, user, credentialId, hostKey }));
  await vi.waitFor(() => expect(context.store.view.get('host', hostId)).toMatchObject({ state: 'ready', reason: '' }), { timeout: 30_000 });
  await onHost(`docker pull -q ${IMAGE}`);
}, 180_000);

afterAll(async () => {
  if (made.length > 0) await onHost(`docker rm -f ${made.join(' ')}`);
  await world?.close();
});

it('a machine with control groups of version 2 tells so, and measures CPU and memory of containers as docker stats does', async () => {
  expect(world.context.store.view.get('host', hostId)?.facts?.cgroupVersion).toBe('2');
  const { containerName: name } = await running('BUSY', BUSY);
  await running('QUIET', ['', 'sleep 1000']);
  const latest = (entity: string) => world.context.metrics.latest(entity);
  await vi.waitFor(
    async () => {
      const stats = await onHost(`docker stats --no-stream --format '{{.CPUPerc}} {{.MemUsage}}' ${name}`);
      const [percent = '', memory = ''] = stats.split(/\s+/);
      const { 'docker.container.cpu': cpu = 0, 'docker.container.memory': bytes = 0 } = latest('BUSY');
      expect(cpu).toBeGreaterThan(0.2);
      expect(Math.abs(cpu - Number.parseFloat(percent) / 100)).toBeLessThan(0.1);
      expect(bytes).toBeGreaterThan(8_000_000);
      expect(Math.abs(bytes - Number.parseFloat(memory) * 1024 ** 2)).toBeLessThan(1_000_000);
      expect(latest('QUIET')['docker.container.cpu']).toBeLessThan(0.05);
    },
    { timeout: 60_000, interval: 500 },
  );
}, 120_000);
