import type { Api } from './api.ts';
import type { CrashRig } from './crash-rig.ts';
import { dockerOn, type LabHost } from './lab-hosts.ts';
import { allDetails } from './world.ts';

/** One application on its way through everything that can be asked of it. */
interface Scenario {
  readonly rig: CrashRig;
  readonly hosts: readonly LabHost[];
  readonly idempotencyKey: string;
}

export const PHASES = [
  'deploy',
  'grow',
  'shrink',
  'heal',
  'snapshot',
  'update',
  'bad update',
  'stop',
  'start',
  'restart',
  'delete',
] as const;
export type PhaseName = (typeof PHASES)[number];

/** Images that the blueprint needs. */
export const IMAGES = ['busybox:1.35', 'haproxy:2.6'] as const;

interface Variant {
  readonly round: number;
  readonly memory: string;
  readonly command: string;
}

const FIRST: Variant = { round: 1, memory: '32m', command: 'trap "exit 0" TERM; httpd -f -p 80 -h /tmp & wait' };
const SECOND: Variant = { ...FIRST, round: 2, memory: '48m' };
const BROKEN: Variant = { ...SECOND, round: 3, command: 'exit 3' };

/** A load balancer, the cluster that it follows, and on a network of their own a job, and a container with a volume that waits for it. */
export function blueprint({ round, memory, command }: Variant = FIRST): string {
  return `
name: Crash matrix
location: lab
services:
- type: haproxy
  id: lb
  name: Balancer
  brooklyn.config:
    loadBalancer.target: $brooklyn:component("web")
    proxy.http.port: 8000-8099
- type: dynamic-cluster
  id: web
  name: Web
  brooklyn.config:
    cluster.initial.size: 3
    update: { batch: 2 }
  memberSpec:
    $brooklyn:entitySpec:
      type: docker:busybox:1.35
      name: Page
      brooklyn.config:
        docker.container.openPorts: [80]
        docker.container.environment: { ROUND: "${round}" }
        docker.image.entrypoint: [sh, -c]
        docker.image.commands: ['${command}']
        readiness: { kind: tcp, port: 80 }
- type: docker:busybox:1.35
  id: init
  name: Job
  brooklyn.config:
    docker.container.networks: [back]
    docker.container.restartPolicy: on-failure
    docker.image.entrypoint: [sh, -c]
    docker.image.commands: ['exit 0']
- type: docker:busybox:1.35
  id: db
  name: Data
  dependsOn: { init: { condition: completed } }
  brooklyn.config:
    docker.container.networks: [back]
    docker.container.volumes: ["data:/data"]
    docker.memory: ${memory}
    docker.image.entrypoint: [sh, -c]
    docker.image.commands: ['trap "exit 0" TERM; date >> /data/starts; sleep 1000000 & wait']
`;
}

/** Sends the commands of a phase, each until it is acknowledged, and waits until all is as it should be. */
export function runPhase(name: PhaseName, scenario: Scenario): Promise<void> {
  return RUNS[name](scenario);
}

/**
 * How many containers more than before an entity may have had by the end of the phase; null where failures are part of it. A crash
 * adds none: what was made before it is taken over.
 */
export function renewals(name: PhaseName, entity: string): number | null {
  if (name === 'heal' || name === 'bad update') return entity.startsWith('Page') ? null : 0;
  // It is restored, and taken back.
  if (name === 'snapshot') return entity === 'Data' ? 2 : 0;
  return name === 'update' && entity.startsWith('Page') ? 1 : 0;
}

/** Phases that have to be gone through before this one makes sense, besides the deployment. */
export const NEEDS: Readonly<Partial<Record<PhaseName, PhaseName>>> = { shrink: 'grow', start: 'stop', 'bad update': 'update' };

const RUNS: Readonly<Record<PhaseName, (scenario: Scenario) => Promise<void>>> = {
  deploy: async ({ rig, idempotencyKey }) => {
    await rig.send((api) => api.application.deploy.mutate({ text: blueprint(), idempotencyKey }));
    await rig.settle();
  },
  grow: (scenario) => resize(scenario, 5),
  shrink: (scenario) => resize(scenario, 2),
  heal: async ({ rig, hosts }) => {
    const { instances, entities } = await rig.send(application);
    const page = entities.find((entity) => entity.name.startsWith('Page'));
    const victim = instances.find((instance) => instance.entityId === page?.id);
    const address = await rig.send((api) => api.host.get.query({ hostId: victim?.hostId ?? '' }));
    const host = hosts.find((one) => one.name === address.name);
    if (host && victim) await dockerOn(host, 'kill', victim.containerName);
    await eventuallyRenewed(rig, victim?.id ?? '');
    await rig.settle();
  },
  snapshot: async ({ rig }) => {
    const { id: entityId, restartSerial } = await entityNamed(rig, 'Data');
    const snapshots = (api: Api) => api.snapshot.list.query({ entityId });
    const isRestored = async (api: Api) =>
      (await application(api)).entities.some((entity) => entity.id === entityId && entity.snapshot !== undefined);
    // Refused until the host is connected again.
    await untilTrue(rig, 'a snapshot is asked for', async (api) => {
      if ((await snapshots(api)).length > 0) return true;
      return await api.snapshot.take.mutate({ entityId }).then(
        () => true,
        (error: unknown) => {
          if (isRefusal(error, ['host.unreachable'])) return false;
          throw error;
        },
      );
    });
    await untilTrue(rig, 'a snapshot is taken', async (api) => (await snapshots(api)).every(({ state }) => state === 'ready'));
    const [taken] = await rig.send(snapshots);
    const snapshotId = taken?.id ?? '';
    await rig.send(async (api) => {
      if (!(await isRestored(api))) await api.snapshot.restore.mutate({ snapshotId });
    });
    await eventuallyRestarted(rig, restartSerial);
    await rig.settle();
    await rig.send(async (api) => {
      if (await isRestored(api)) await api.snapshot.leave.mutate({ entityId });
    });
    await eventuallyRestarted(rig, restartSerial + 1);
    await rig.settle();
    await rig.send(async (api) => {
      const [left] = await snapshots(api);
      if (left && left.state !== 'removing') await api.snapshot.remove.mutate({ snapshotId });
    });
    await untilTrue(rig, 'the snapshot is gone', async (api) => (await snapshots(api)).length === 0);
  },
  update: (scenario) => update(scenario, SECOND, 60_000),
  'bad update': async (scenario) => {
    await update(scenario, BROKEN, 4_000);
    const { application: row } = await scenario.rig.send(application);
    if (row.generation !== 4) throw new Error(`The bad update was not reverted: the application is at generation ${row.generation}`);
  },
  stop: async ({ rig }) => {
    const db = await entityNamed(rig, 'Data');
    await rig.send((api) => api.entity.stop.mutate({ entityId: db.id }));
    await rig.settle();
  },
  start: async ({ rig }) => {
    const db = await entityNamed(rig, 'Data');
    await rig.send((api) => api.entity.start.mutate({ entityId: db.id }));
    await rig.settle();
  },
  restart: async ({ rig }) => {
    const db = await entityNamed(rig, 'Data');
    await rig.send((api) => api.entity.restart.mutate({ entityId: db.id }));
    await eventuallyRestarted(rig, db.restartSerial);
    await rig.settle();
  },
  delete: async ({ rig }) => {
    const { application: row } = await rig.send(application);
    await rig.send((api) =>
      api.application.delete.mutate({ applicationId: row.id, removeVolumes: true }).catch((error: unknown) => {
        if (!isRefusal(error, ['conflict', 'not-found'])) throw error;
      }),
    );
    await rig.settle();
    await untilTrue(rig, 'the application is gone', async (api) => (await api.application.list.query({})).length === 0);
  },
};

/** The application of the scenario: there is only one. */
export async function application(api: Api) {
  const [detail] = await allDetails(api);
  if (!detail) throw new Error('There is no application');
  return detail;
}

async function resize({ rig }: Scenario, size: number): Promise<void> {
  const web = await entityNamed(rig, 'Web');
  await rig.send((api) => api.entity.resize.mutate({ entityId: web.id, size }));
  await rig.settle();
}

async function update({ rig }: Scenario, variant: Variant, healthTimeoutMs: number): Promise<void> {
  const { application: row } = await rig.send(application);
  const expectedGeneration = row.generation;
  const input = { applicationId: row.id, text: blueprint(variant), expectedGeneration, rollout: { healthTimeoutMs } };
  await rig.send((api) =>
    api.application.update.mutate(input).catch(async (error: unknown) => {
      // It was done, but the process died before it could say so.
      const now = await application(api);
      if (!isRefusal(error, ['conflict.stale']) || now.application.generation === expectedGeneration) throw error;
    }),
  );
  await rig.settle();
}

async function entityNamed(rig: CrashRig, name: string) {
  const { entities } = await rig.send(application);
  const entity = entities.find((one) => one.name === name);
  if (!entity) throw new Error(`There is no entity ${name}`);
  return entity;
}

function eventuallyRenewed(rig: CrashRig, instanceId: string): Promise<void> {
  return untilTrue(rig, 'a new container takes the place of the killed one', async (api) =>
    (await application(api)).instances.every((instance) => instance.id !== instanceId),
  );
}

function eventuallyRestarted(rig: CrashRig, before: number): Promise<void> {
  return untilTrue(rig, 'the container is restarted', async (api) => {
    const { entities, instances } = await application(api);
    const db = entities.find((entity) => entity.name === 'Data');
    return instances.some((instance) => instance.id === db?.instanceId && instance.restartSerial > before);
  });
}

async function untilTrue(rig: CrashRig, what: string, ask: (api: Api) => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await rig.send(ask))) {
    if (Date.now() > deadline) throw new Error(`Not within 60 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isRefusal(error: unknown, codes: readonly string[]): boolean {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : null;
  return codes.some((code) => JSON.stringify(data).includes(`"${code}"`));
}
