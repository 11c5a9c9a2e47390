import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ReachAnswer } from '../domain/network/reach-answer.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { sdnCloud } from '../testing/sdn-blueprints.ts';
import { testLab } from '../testing/test-lab.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { updateApplication } from './commands/update-application.ts';
import { reach } from './queries/reach.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('sdnrules');
const CLOUD = sdnCloud({ location: 'rule-cloud', hosts: 2 });
const service = (id: string): string => `
- type: "docker:busybox:1.35"
  id: ${id}
  brooklyn.config:
    docker.image.commands: [sh, -c, "httpd -p 81; exec httpd -f -p 80"]
    docker.container.networks: [back]
`;
/** Four on two hosts, two on each. */
const ruled = (rules: string): string => `
name: ruled
location: rule-cloud
brooklyn.config:
  docker.networks: { back: {} }
  ${rules}
services:${['web', 'db', 'cache', 'other'].map(service).join('').trimEnd()}
`;
const CLOSED = ruled(
  'network.rules: [{ from: web, to: db, ports: [80] }, { from: web, to: cache, ports: [80] }, { from: web, to: other, ports: [80] }]',
);
const WITHDRAWN = ruled('network.rules: [{ from: web, to: cache, ports: [80] }]');

let world: EmptyWorld;
let application: ApplicationId;

async function until<T>(what: () => T, wanted: (value: T) => void, timeout = 2 * MINUTES): Promise<void> {
  await vi.waitFor(() => wanted(what()), { timeout, interval: 50 });
}

function running(): ReadonlyMap<string, Instance> {
  return new Map(
    world.store.view.entitiesOf(application).flatMap((entity): [string, Instance][] => {
      const instance = world.store.view.get('instance', entity.instanceId ?? '');
      return instance?.state === 'running' ? [[entity.planId ?? '', instance]] : [];
    }),
  );
}

async function ask(from: string, to: string, port?: number): Promise<ReachAnswer> {
  const [first, second] = [running().get(from), running().get(to)];
  if (!first || !second) throw new Error('not running');
  return await reach(world.engine.context, { from: first.id, to: second.id, port });
}

async function onHosts(script: string): Promise<readonly string[]> {
  const hosts = [...world.store.view.all('host').values()];
  return await Promise.all(
    hosts.map(
      async ({ id }) => (await world.engine.context.hosts.ready(id)?.shell.run(script, { timeoutMs: 10_000 }))?.output.trim() ?? '',
    ),
  );
}

describe('a network with rules', () => {
  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
    await deployApplication(world.engine.context, USER, { text: CLOUD, location: 'lab:(memory=512m)' });
    await until(
      () => [...world.store.view.all('host').values()].map(({ state }) => state),
      (seen) => expect(seen).toEqual(['ready', 'ready']),
      7 * MINUTES,
    );
    application = (await deployApplication(world.engine.context, USER, { text: CLOSED })).applicationId;
    await until(
      () => [...running().keys()].sort(),
      (seen) => expect(seen).toEqual(['cache', 'db', 'other', 'web']),
    );
  }, 11 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 3 * MINUTES);

  it('lets through what they say and nothing else, on one host and from one to another', async () => {
    const hostOf = (id: string) => running().get(id)?.hostId;
    const others = ['db', 'cache', 'other'];
    expect(new Set(others.map((id) => hostOf(id) === hostOf('web'))).size).toBe(2);
    for (const id of others) {
      await vi.waitFor(async () => expect(await ask('web', id, 80)).toMatchObject({ reached: true }), { timeout: 10_000 });
      expect((await ask('web', id, 81)).problem, `web to ${id} on 81`).toMatchObject({ step: 'rules' });
      expect((await ask(id, 'web', 80)).problem, `${id} to web`).toMatchObject({ step: 'rules' });
      expect(await ask('web', id)).toMatchObject({ reached: true });
    }
    expect((await ask('db', 'cache')).problem).toMatchObject({ step: 'rules' });
    expect((await ask('db', 'other', 80)).problem).toMatchObject({ step: 'rules' });
  });

  it('is closed again where somebody has taken its table away', async () => {
    await onHosts('nft delete table bridge "$(nft list tables bridge | cut -d" " -f3)"');
    expect(await ask('db', 'other', 80)).toMatchObject({ reached: true });
    for (const id of world.store.view.all('host').keys()) world.engine.context.queue.enqueue(`sdn:${id}`);
    await vi.waitFor(async () => expect(await ask('db', 'other', 80)).toMatchObject({ reached: false }), { timeout: 10_000 });
  });

  it('ends at once what runs by a rule that is withdrawn, and starts no container anew', async () => {
    const web = running().get('web');
    const before = [...running().values()].map(({ id }) => id);
    const engine = world.engine.context.hosts.ready(web?.hostId as HostId)?.engine;
    // Connected at once, and asks only later.
    const asking = (name: string) => {
      const argv = ['sh', '-c', `(sleep 6; printf 'GET / HTTP/1.0\\r\\n\\r\\n'; sleep 2) | timeout 12 nc ${name} 80`];
      return engine?.exec(web?.containerId ?? '', { argv, timeoutMs: 20_000 });
    };
    const [toDb, toCache] = [asking('db'), asking('cache')];
    const { generation } = world.store.view.get('application', application) ?? { generation: 1 };
    await updateApplication(world.engine.context, USER, { applicationId: application, text: WITHDRAWN, expectedGeneration: generation });
    await vi.waitFor(async () => expect((await ask('web', 'db', 80)).problem).toMatchObject({ step: 'rules' }), { timeout: 10_000 });
    expect(await ask('web', 'cache', 80)).toMatchObject({ reached: true });
    expect((await toCache)?.stdout).toContain('HTTP/1.');
    expect((await toDb)?.stdout).toBe('');
    expect([...running().values()].map(({ id }) => id)).toEqual(before);
  });

  it('leaves no table on any host', async () => {
    await deleteApplication(world.engine.context, USER, { applicationId: application, removeVolumes: true });
    await until(
      () => world.store.view.all('network').size,
      (left) => expect(left).toBe(0),
    );
    expect(await onHosts('nft list tables; ls /run/clocker 2>/dev/null | wc -l')).toEqual([
      expect.stringMatching(/^(?![\s\S]*clocker_)[\s\S]*0$/),
      expect.stringMatching(/^(?![\s\S]*clocker_)[\s\S]*0$/),
    ]);
  });
});
