import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { createUlids } from '../adapters/clock/ulid.ts';
import { createLocalExec } from '../adapters/process/local-exec.ts';
import { createLocalFiles } from '../adapters/process/local-files.ts';
import { createSecrets } from '../adapters/secrets/create-secrets.ts';
import { createHostConnector } from '../adapters/ssh/create-host-connector.ts';
import { createStore, type OpenStore } from '../adapters/store/create-store.ts';
import { EMPTY_CATALOG } from '../domain/catalog/catalog.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { toLabSettings } from '../plugins/hosts/lab/lab-settings.ts';
import { toLabWorld } from '../plugins/hosts/lab/lab-world.ts';
import { loadProvisioners } from '../plugins/hosts/load-provisioners.ts';
import { loadPlugins } from '../plugins/registry.ts';
import { createDirectPlanner } from '../testing/direct-planner.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { createEngine, type Engine } from './engine.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const env = { ...process.env, CLOCKER_LAB_NAME: 'cloudtest' };
const ports = { exec: createLocalExec(), files: createLocalFiles(), env };
const lab = toLabWorld({ ...ports, settings: toLabSettings(env) });
const CLOUD = `
name: Docker cloud
services:
- type: docker-infrastructure
  id: cloud
  brooklyn.config:
    entity.dynamicLocation.name: lab-cloud
    docker.host.cluster.initial.size: 2
    docker.host.cluster.max.size: 3
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

let home: string;
let open: OpenStore;
let engine: Engine;

beforeAll(async () => {
  await labDown(lab);
  home = await mkdtemp(path.join(tmpdir(), 'clocker-cloud-'));
  const log = quietLog();
  const clock = createSystemClock();
  const secrets = createSecrets({ file: path.join(home, 'plane.key'), log });
  open = await createStore({ path: path.join(home, 'db'), log, clock, secrets });
  const plugins = await loadPlugins();
  const { store, history, taskLogs } = open;
  const connector = createHostConnector({ clock, log });
  const planner = createDirectPlanner({ ...plugins, catalog: EMPTY_CATALOG });
  const provisioners = await loadProvisioners(ports);
  engine = createEngine({
    store,
    history,
    taskLogs,
    connector,
    secrets,
    clock,
    ids: createUlids(clock),
    log,
    plugins,
    planner,
    provisioners,
  });
  await engine.start();
}, 5 * MINUTES);

afterAll(async () => {
  await engine.stop();
  await open.close();
  await labDown(lab);
  await rm(home, { recursive: true, force: true });
}, 5 * MINUTES);

async function deploy(text: string, location?: string): Promise<ApplicationId> {
  return (await deployApplication(engine.context, USER, { text, ...(location ? { location } : {}) })).applicationId;
}

/** What there is of the cloud, as one comparable value. */
function seen(): readonly string[] {
  return [...open.store.view.all('host').values()].map(({ name, state }) => `${name} ${state}`).sort();
}

function states(applicationId: ApplicationId): readonly string[] {
  return open.store.view
    .entitiesOf(applicationId)
    .map(({ name, actual, problems }) => `${name} ${actual} ${Object.values(problems).join('; ')}`.trim());
}

async function until<T>(what: () => T, wanted: (value: T) => void, timeout = 3 * MINUTES): Promise<void> {
  await vi.waitFor(() => wanted(what()), { timeout, interval: 100 });
}

describe('a Docker cloud on machines of the lab', () => {
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
      await deleteApplication(engine.context, USER, { applicationId: web, removeVolumes: true });
      await until(seen, (hosts) => expect(hosts).toHaveLength(2));
      await deleteApplication(engine.context, USER, { applicationId: cloud, removeVolumes: true });
      await until(
        () => [
          open.store.view.get('application', cloud),
          ...open.store.view.all('cloud').values(),
          ...open.store.view.all('host').values(),
        ],
        (left) => expect(left).toEqual([undefined]),
      );
    },
    12 * MINUTES,
  );
});
