import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { dockerCloud } from '../testing/docker-cloud.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { testLab } from '../testing/test-lab.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { restartEntity } from './commands/entity-effectors.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('softwaretest');
const CLOUD = dockerCloud({ location: 'software-cloud', hosts: 1 });
/** Perl is on every Debian machine, busybox in the image of that name. */
const ON_MACHINE = `perl -MIO::Socket::INET -e '$SIG{CHLD}="IGNORE"; $s = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 5, ReuseAddr => 1) or die; while ($c = $s->accept) { open F, "<", "index.html"; print $c "HTTP/1.0 200 OK\\r\\n\\r\\n", <F>; close $c }'`;
const MIXED = `
name: Mixed
services:
- type: org.apache.brooklyn.entity.software.base.VanillaSoftwareProcess
  id: data
  name: Data
  location: lab:(bare=true,memory=256m)
  brooklyn.config:
    http.port: 8090
    shell.env: { PORT: 8090, SETTINGS: { deep: [1, 2] } }
    pre.install.command: echo "installed on $(uname -n)" > "$INSTALL_DIR/installed"; echo one >> /root/installs
    customize.command: cat "$INSTALL_DIR/installed" > index.html; echo "$SETTINGS" > settings.json
    launch.command: |
      nohup ${ON_MACHINE} > console 2>&1 &
      echo $! > "$PID_FILE"
- type: org.apache.brooklyn.entity.software.base.VanillaSoftwareProcess
  id: web
  name: Web
  location: software-cloud
  brooklyn.config:
    docker.image.name: busybox:1.35
    http.port: 8080
    shell.env:
      DATA: $brooklyn:formatString("http://%s:%s/", component("data").attributeWhenReady("host.address"), component("data").attributeWhenReady("http.port"))
    install.command: mkdir -p /www && echo built > /www/built
    customize.command: wget -q -O /www/index.html "$DATA"
    launch.command: |
      httpd -f -p 8080 -h /www > console 2>&1 &
      echo $! > "$PID_FILE"
`;

let world: EmptyWorld;

async function deploy(text: string, location?: string): Promise<ApplicationId> {
  return (await deployApplication(world.engine.context, USER, { text, ...(location ? { location } : {}) })).applicationId;
}

function states(applicationId: ApplicationId): readonly string[] {
  return world.store.view
    .entitiesOf(applicationId)
    .map(({ name, actual, problems, waitingFor }) => `${name} ${actual} ${Object.values(problems).join('; ')} ${waitingFor ?? ''}`.trim());
}

async function until<T>(what: () => T | Promise<T>, wanted: (value: T) => void, timeout = 3 * MINUTES): Promise<void> {
  await vi.waitFor(async () => wanted(await what()), { timeout, interval: 100 });
}

async function running(applicationId: ApplicationId): Promise<void> {
  await until(
    () => states(applicationId),
    (all) => expect(all.filter((state) => !/ RUNNING$/.test(state))).toEqual([]),
  );
}

function named(applicationId: ApplicationId, planId: string): Entity {
  const found = world.store.view.entitiesOf(applicationId).find((entity) => entity.planId === planId);
  if (!found) throw new Error(`no ${planId}`);
  return found;
}

function instanceOf(entity: Entity) {
  const instance = entity.instanceId ? world.store.view.get('instance', entity.instanceId) : undefined;
  if (!instance) throw new Error(`${entity.name} has no instance`);
  return instance;
}

/** Runs a command where a process is. */
async function inPlace(entity: Entity, script: string): Promise<string> {
  const instance = instanceOf(entity);
  return await world.engine.context.hosts.operate(instance.hostId, async ({ engine, script: run }) => {
    const isMachine = instance.spec.process?.place.kind === 'machine';
    const { stdout } = isMachine
      ? await run(script, { timeoutMs: 10_000 })
      : await engine.exec(instance.containerName, { argv: ['sh', '-s'], stdin: script, timeoutMs: 10_000 });
    return stdout.trim();
  });
}

async function page(entity: Entity): Promise<string> {
  const response = await fetch(String(entity.sensors['main.uri']), { signal: AbortSignal.timeout(3_000) });
  return (await response.text()).trim();
}

describe('software in a container and on a machine without Docker', () => {
  let cloud: ApplicationId;
  let mixed: ApplicationId;

  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
    cloud = await deploy(CLOUD, 'lab:(memory=512m)');
    await running(cloud);
  }, 8 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 5 * MINUTES);

  it(
    'is installed, launched and linked across both in one application',
    async () => {
      mixed = await deploy(MIXED);
      await running(mixed);
      const [data, web] = [named(mixed, 'data'), named(mixed, 'web')];
      expect(await page(data)).toMatch(/^installed on /);
      expect(await page(web)).toBe(await page(data));
      expect(await inPlace(data, `cat ${instanceOf(data).spec.process?.place.runDir}/settings.json`)).toBe('{"deep":[1,2]}');
      expect(data.sensors).toMatchObject({ 'service.process.isRunning': true, 'http.port': 8090, 'service.isUp': true });
      expect(web.sensors['http.port']).not.toBe(8080);
      expect(world.store.view.get('host', instanceOf(data).hostId)).toMatchObject({ cloudId: null, state: 'ready' });
      const tasks = [...world.store.view.all('task').values()].map(({ name }) => name);
      expect(tasks).toEqual(expect.arrayContaining(['Install: pre-install-command', 'Customise: customize', 'Launch: launch']));
    },
    5 * MINUTES,
  );

  it.each(['data', 'web'])(
    'notices that the process of %s was killed, and mends it without a second install',
    async (id) => {
      const before = named(mixed, id);
      const { pid } = instanceOf(before).process ?? {};
      expect(pid).toBeGreaterThan(1);
      await inPlace(before, `kill -9 ${pid}`);
      await until(
        () => instanceOf(named(mixed, id)),
        (now) => expect(now.ready && now.process?.pid !== pid).toBe(true),
      );
      expect(instanceOf(named(mixed, id)).id).toBe(instanceOf(before).id);
      await running(mixed);
      expect(await page(named(mixed, id))).toMatch(/^installed on /);
      if (id === 'data') expect(await inPlace(before, 'cat /root/installs')).toBe('one');
    },
    3 * MINUTES,
  );

  it(
    'is restarted without being installed again',
    async () => {
      const before = named(mixed, 'data');
      const { pid } = instanceOf(before).process ?? {};
      await restartEntity(world.engine.context, USER, { entityId: before.id });
      await until(
        () => instanceOf(named(mixed, 'data')),
        (now) => expect(now.ready && now.process?.pid !== pid).toBe(true),
      );
      await running(mixed);
      expect(await inPlace(before, 'cat /root/installs; pgrep -c perl')).toBe('one\n1');
    },
    3 * MINUTES,
  );

  it(
    'leaves nothing on its machine but what its commands made elsewhere, and gives it back',
    async () => {
      const machine = String(named(mixed, 'data').machine?.machine);
      await deleteApplication(world.engine.context, USER, { applicationId: mixed, removeVolumes: true });
      await until(
        () => [world.store.view.get('application', mixed), [...world.store.view.all('host').values()].length],
        (left) => expect(left).toEqual([undefined, 1]),
      );
      expect(machine).not.toBe('undefined');
    },
    3 * MINUTES,
  );
});
