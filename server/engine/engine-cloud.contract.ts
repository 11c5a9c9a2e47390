import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { dockerCloud } from '../testing/docker-cloud.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { type OwnDockerd, startOwnDockerd } from '../testing/real-engine.ts';
import { type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { sampleOf } from '../testing/sample-of.ts';
import { cloudBlueprints } from '../testing/shipped-blueprints.ts';
import { testLab } from '../testing/test-lab.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { createCredential } from './commands/hosts/create-credential.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('cloudtest');
const CLOUD = `${dockerCloud({ location: 'lab-cloud', hosts: 2 })}    docker.host.cluster.max.size: 3
    docker.container.cluster.headroom.count: 1
    autoscaler.resizeUpStabilizationDelay: 1s
    autoscaler.resizeDownStabilizationDelay: 2s
    docker.container.strategies:
    - $brooklyn:object: { type: max-containers, brooklyn.config: { maxContainers: 1 } }
    - $brooklyn:object: { type: depth-first }
`;
const WEB = `
name: web
location: lab-cloud
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: 2
    dynamiccluster.memberspec:
      $brooklyn:entitySpec: { type: "docker:busybox:1.35", brooklyn.config: { docker.image.commands: [sleep, infinity] } }
`;
const EXAMPLES = new URL('../../../shared/corpus/', import.meta.url);
/** Clocker's own, as they were shipped. */
const ofClocker = (...files: readonly string[]) =>
  ['clocker-v0.8.0', 'clocker-v0.8.2']
    .flatMap((version) => files.map((file) => `${version}/examples/src/main/assembly/files/blueprints/${file}`))
    .filter((file) => existsSync(new URL(file, EXAMPLES)));

let world: EmptyWorld;

async function deploy(text: string, location?: string): Promise<ApplicationId> {
  return (await deployApplication(world.engine.context, USER, { text, ...(location ? { location } : {}) })).applicationId;
}

/** What there is of the cloud, as one comparable value. */
function seen(): readonly string[] {
  return [...world.store.view.all('host').values()].map(({ name, state }) => `${name} ${state}`).sort();
}

function states(applicationId: ApplicationId): readonly string[] {
  return world.store.view
    .entitiesOf(applicationId)
    .map(({ name, actual, problems }) => `${name} ${actual} ${Object.values(problems).join('; ')}`.trim());
}

async function until<T>(what: () => T, wanted: (value: T) => void, timeout = 3 * MINUTES): Promise<void> {
  await vi.waitFor(() => wanted(what()), { timeout, interval: 100 });
}

describe('a Docker cloud on machines of the lab', () => {
  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
  }, 5 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 5 * MINUTES);

  it(
    'is made, grows past its capacity by headroom, shrinks again, and leaves nothing',
    async () => {
      const cloud = await deploy(CLOUD, 'lab:(memory=512m)');
      await until(seen, (hosts) => expect(hosts).toEqual(['docker-1 ready', 'docker-2 ready']));
      await until(
        () => states(cloud),
        (all) => expect(all.every((state) => / RUNNING$/.test(state))).toBe(true),
      );
      const web = await deploy(WEB);
      await until(
        () => states(web),
        (all) => expect(all.every((state) => / RUNNING$/.test(state))).toBe(true),
      );
      await until(seen, (hosts) => expect(hosts).toEqual(['docker-1 ready', 'docker-2 ready', 'docker-3 ready']));
      await deleteApplication(world.engine.context, USER, { applicationId: web, removeVolumes: true });
      await until(seen, (hosts) => expect(hosts).toHaveLength(2));
      await deleteApplication(world.engine.context, USER, { applicationId: cloud, removeVolumes: true });
      await until(
        () => [
          world.store.view.get('application', cloud),
          ...world.store.view.all('cloud').values(),
          ...world.store.view.all('host').values(),
        ],
        (left) => expect(left).toEqual([undefined]),
      );
    },
    12 * MINUTES,
  );

  it.skipIf(!existsSync(EXAMPLES))(
    'is made from those of Clocker 0.8 with only the location changed (skipped where ../shared/corpus is not there)',
    async () => {
      const there = ofClocker('docker-cloud.yaml', 'docker-cloud-host.yaml', 'docker-host.yaml');
      expect(there).toHaveLength(4);
      for (const file of sampleOf('clouds of Clocker 0.8', there, 1)) {
        const text = readFileSync(new URL(file, EXAMPLES), 'utf8');
        const [, size] = /docker\.host\.cluster\.initial\.size: (\d)/.exec(text) ?? [];
        const cloud = await deploy(text, 'lab');
        await until(seen, (hosts) => expect(hosts).toEqual(Array.from({ length: Number(size) }, () => expect.stringMatching(/ ready$/))));
        await deleteApplication(world.engine.context, USER, { applicationId: cloud, removeVolumes: true });
        await until(
          () => [seen(), [...world.store.view.all('cloud').values()]],
          (left) => expect(left).toEqual([[], []]),
        );
      }
    },
    12 * MINUTES,
  );
});

describe('a Docker cloud on this very machine', () => {
  let dockerd: OwnDockerd;
  let sshd: RealSshd;

  beforeAll(async () => {
    dockerd = await startOwnDockerd();
    sshd = await startRealSshd();
    world = await openEmptyWorld({ env, engineSocketPath: dockerd.socketPath });
    await createCredential(world.engine.context, { name: 'own', privateKey: sshd.target.privateKey });
  }, 2 * MINUTES);

  afterAll(async () => {
    await world.close();
    await sshd.stop();
    await dockerd.stop();
  }, 2 * MINUTES);

  async function comesAndGoes(text: string): Promise<void> {
    const { user, port } = sshd.target;
    const cloud = await deploy(text, `localhost:(port=${port},user=${user},credential=own)`);
    await until(seen, (hosts) => expect(hosts).toEqual([expect.stringMatching(/ ready$/)]));
    await deleteApplication(world.engine.context, USER, { applicationId: cloud, removeVolumes: false });
    await until(
      () => [seen(), [...world.store.view.all('cloud').values()]],
      (left) => expect(left).toEqual([[], []]),
    );
  }

  it(
    'is made from the blueprint that ships, by SSH to the loopback, and leaves the machine as it was',
    async () => {
      await comesAndGoes(cloudBlueprints().find(({ file }) => file === 'docker-cloud-localhost.yaml')?.text ?? '');
    },
    2 * MINUTES,
  );

  it.skipIf(!existsSync(EXAMPLES))(
    'is made from those of Clocker 0.8 with only the location changed (skipped where ../shared/corpus is not there)',
    async () => {
      const there = ofClocker('docker-localhost.yaml', 'docker-cloud-localhost.yaml');
      expect(there).toHaveLength(2);
      for (const file of there) await comesAndGoes(readFileSync(new URL(file, EXAMPLES), 'utf8'));
    },
    3 * MINUTES,
  );
});
