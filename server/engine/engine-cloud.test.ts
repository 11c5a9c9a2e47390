import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Cloud, Host } from '../domain/entity/host.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity, startEntity, stopEntity } from './commands/entity-effectors.ts';
import { cordonHost } from './commands/hosts/cordon-host.ts';
import { drainHost } from './commands/hosts/drain-host.ts';
import { invokeEffector } from './commands/invoke-effector.ts';
import { updateApplication } from './commands/update-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const SPARE = 'byon:(hosts="spare-{1,2,3,4}",trustOnFirstUse=true)';
let fixture: EngineFixture;

afterEach(() => fixture.stop());

interface CloudText {
  readonly size?: number;
  readonly config?: readonly string[];
}

function cloudText({ size = 2, config = [] }: CloudText = {}): string {
  const lines = ['entity.dynamicLocation.name: spares', `docker.host.cluster.initial.size: ${size}`, ...config];
  return `name: Docker cloud\nservices:\n- type: docker-infrastructure\n  id: cloud\n  brooklyn.config:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function webText(size: number): string {
  return `
name: web
location: spares
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: ${size}
    dynamiccluster.memberspec:
      $brooklyn:entitySpec: { type: docker:nginx:1 }
`;
}

const HEADROOM = [
  'docker.container.cluster.headroom.count: 2',
  'docker.host.cluster.max.size: 4',
  'docker.container.strategies: [{ $brooklyn:object: { type: max-containers, brooklyn.config: { maxContainers: 2 } } }, { $brooklyn:object: { type: depth-first } }]',
];

async function deploy(text: string, location?: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text, ...(location ? { location } : {}) });
  await fixture.pass(5_000);
  return applicationId;
}

async function pass(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 5_000) await fixture.pass(5_000);
}

function cloudEntity(): Entity {
  const found = [...fixture.store.view.all('entity').values()].find(({ type }) => type === 'docker-infrastructure');
  if (!found) throw new Error('no cloud entity');
  return found;
}

function spares(): Cloud | undefined {
  return [...fixture.store.view.all('cloud').values()].find(({ name }) => name === 'spares');
}

function hosts(): readonly Host[] {
  const cloud = spares();
  return cloud ? fixture.store.view.hostsOf(cloud.id) : [];
}

function addresses(): readonly string[] {
  return hosts()
    .map(({ address }) => address)
    .sort();
}

function members(): readonly Entity[] {
  return fixture.store.view.childrenOf(cloudEntity().id);
}

function containersOn(name: string): number {
  return [...(fixture.spare.find((machine) => machine.name === name)?.containers.values() ?? [])].length;
}

describe('engine, a Docker cloud as an application', () => {
  it('obtains machines, each once, makes hosts of them and runs what is deployed to its name', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText(), SPARE);
    expect(addresses()).toEqual(['spare-1', 'spare-2']);
    expect(
      hosts()
        .map(({ name, state }) => `${name} ${state}`)
        .sort(),
    ).toEqual(['docker-1 ready', 'docker-2 ready']);
    expect(cloudEntity().actual).toBe('RUNNING');
    expect(members().map(({ name, actual }) => `${name} ${actual}`)).toEqual(['docker-1 RUNNING', 'docker-2 RUNNING']);
    expect(cloudEntity().sensors).toMatchObject({ 'docker.hosts.total': 2, 'docker.hosts.ready': 2, 'docker.containers.total': 0 });
    await deploy(webText(2));
    expect(containersOn('spare-1') + containersOn('spare-2')).toBe(2);
    expect(cloudEntity().sensors['docker.containers.total']).toBe(2);
  });

  it('refuses a name that is taken, and a place that gives no machines, before anything is written', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText(), SPARE);
    const before = fixture.store.revision;
    await expect(deploy(cloudText(), SPARE)).rejects.toMatchObject({ code: 'conflict' });
    const other = cloudText().replace('spares', 'others');
    await expect(deploy(other, 'jclouds:aws-ec2:us-east-1')).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(deploy(other, 'spares')).rejects.toMatchObject({ message: /is the name of a cloud/ });
    await expect(deploy(other)).rejects.toMatchObject({ message: /does not say where the hosts/ });
    expect(fixture.store.revision).toBe(before);
  });

  it('takes no machine twice and loses none when it dies at any moment', async () => {
    for (const ms of [0, 1, 2, 5, 20, 100, 1_000]) {
      fixture = await openEngineFixture({ spare: 4, seed: ms + 1 });
      await deployApplication(fixture.engine.context, USER, { text: cloudText({ size: 3 }), location: SPARE });
      if (ms > 0) await fixture.pass(ms);
      await fixture.crash();
      await pass(40_000);
      expect(addresses()).toEqual(['spare-1', 'spare-2', 'spare-3']);
      expect(new Set(members().map(({ machine }) => machine?.machine)).size).toBe(3);
      expect(cloudEntity().actual).toBe('RUNNING');
      await fixture.stop();
    }
  });

  it('says so where no machine is left, tries again rarely, and goes on when one is given back', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    const id = await deploy(cloudText({ size: 3 }), 'byon:(hosts="spare-1,spare-2",trustOnFirstUse=true)');
    expect(addresses()).toEqual(['spare-1', 'spare-2']);
    const [third] = members().filter(({ actual }) => actual !== 'RUNNING');
    expect(third?.problems.machine).toMatch(/No machine is left/);
    expect(cloudEntity().actual).toBe('RUNNING');
    expect(cloudEntity().problems.members).toMatch(/1 of 3/);
    const before = fixture.store.revision;
    await pass(300_000);
    expect(fixture.store.revision - before).toBeLessThan(10);
    const text = `location:\n  byon: { hosts: [spare-1, spare-2, spare-3], trustOnFirstUse: true }\n${cloudText({ size: 3 })}`;
    await updateApplication(fixture.engine.context, USER, { applicationId: id, text, expectedGeneration: 1 });
    await pass(65_000);
    expect(addresses()).toEqual(['spare-1', 'spare-2', 'spare-3']);
  });

  it('takes from the next target of a multi once the one before has no more, and again from the first', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    const listed = (machine: string) => `byon:(hosts='${machine}',trustOnFirstUse=true)`;
    const id = await deploy(cloudText({ size: 2 }), `multi:(targets="${listed('spare-3')},${listed('spare-1')},${listed('spare-2')}")`);
    expect(
      hosts()
        .map(({ address, state }) => `${address} ${state}`)
        .sort(),
    ).toEqual(['spare-1 ready', 'spare-3 ready']);
    await deleteApplication(fixture.engine.context, USER, { applicationId: id, removeVolumes: true });
    await pass(30_000);
    await deploy(cloudText({ size: 1 }), `multi:(targets="${listed('spare-3')},${listed('spare-1')}")`);
    expect(addresses()).toEqual(['spare-3']);
  });

  it('waits for a person to accept the key of a machine that nobody has pinned', async () => {
    fixture = await openEngineFixture({ spare: 1 });
    await deploy(cloudText({ size: 1 }), 'byon:(hosts="spare-1")');
    expect(hosts()[0]?.hostKey.fingerprint).toBe('');
  });

  it('resizes to what is wanted, the newest empty hosts first, and never below what is in use', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText({ size: 2 }), SPARE);
    const { context } = fixture.engine;
    await resizeEntity(context, USER, { entityId: cloudEntity().id, size: 4 });
    await pass(10_000);
    expect(addresses()).toHaveLength(4);
    await deploy(webText(1));
    await expect(resizeEntity(context, USER, { entityId: cloudEntity().id, size: 0 })).rejects.toMatchObject({ code: 'conflict' });
    await resizeEntity(context, USER, { entityId: cloudEntity().id, size: 1 });
    await pass(20_000);
    expect(addresses()).toHaveLength(1);
    expect(containersOn(addresses()[0] ?? '')).toBe(1);
    expect(members()).toHaveLength(1);
  });

  it('adds a host by headroom once that was wanted for 30 s, and gives it back when it has been empty for 5 minutes', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText({ size: 1, config: HEADROOM }), SPARE);
    expect(cloudEntity().sensors).toMatchObject({ 'docker.container.cluster.needed': 0 });
    const web = await deploy(webText(3));
    await pass(20_000);
    expect(cloudEntity().sensors['docker.container.cluster.hot']).toBeDefined();
    expect(addresses()).toHaveLength(1);
    await pass(60_000);
    expect(addresses()).toHaveLength(3);
    await pass(30_000);
    expect(cloudEntity().sensors['docker.container.cluster.state']).toBe('ok');
    await deleteApplication(fixture.engine.context, USER, { applicationId: web, removeVolumes: true });
    await pass(250_000);
    expect(addresses()).toHaveLength(3);
    await pass(120_000);
    expect(addresses()).toHaveLength(1);
    expect(cloudEntity().size).toBe(1);
  });

  it('never takes more than the most hosts, nor asks again and again where no machine is left', async () => {
    fixture = await openEngineFixture({ spare: 2 });
    await deploy(cloudText({ size: 1, config: HEADROOM }), 'byon:(hosts="spare-1,spare-2",trustOnFirstUse=true)');
    await deploy(webText(7));
    await pass(300_000);
    expect(addresses()).toEqual(['spare-1', 'spare-2']);
    expect(cloudEntity().size).toBeLessThanOrEqual(4);
    const before = fixture.store.revision;
    await pass(600_000);
    expect(fixture.store.revision - before).toBeLessThan(20);
  });

  it('takes no machine after machine where none becomes ready, and says what it waits for', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText({ size: 1, config: [...HEADROOM, 'start.timeout: 20s'] }), SPARE);
    for (const machine of fixture.spare.slice(1)) machine.reachable = false;
    await deploy(webText(3));
    await pass(300_000);
    expect(addresses().length).toBeLessThanOrEqual(3);
    expect(cloudEntity().waitingFor).toMatch(/^headroom: Docker host-\d.* never became ready/);
    const before = addresses();
    await pass(300_000);
    expect(addresses()).toEqual(before);
  });

  it('gives the newest empty host back, and never one where others run a container', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText({ config: HEADROOM }), SPARE);
    const web = await deploy(webText(4));
    await pass(60_000);
    expect(addresses()).toEqual(['spare-1', 'spare-2', 'spare-3']);
    const third = fixture.spare.find(({ name }) => name === 'spare-3');
    const stranger = third?.addForeign('of-others');
    await deleteApplication(fixture.engine.context, USER, { applicationId: web, removeVolumes: true });
    await pass(400_000);
    expect(addresses()).toEqual(['spare-1', 'spare-3']);
    expect(third?.running()).toEqual([stranger]);
  });

  it('gives a host up that has found no machine once it is not needed', async () => {
    fixture = await openEngineFixture({ spare: 2 });
    await deploy(cloudText({ size: 1, config: HEADROOM }), 'byon:(hosts="spare-1,spare-2",trustOnFirstUse=true)');
    const web = await deploy(webText(4));
    await pass(120_000);
    expect(members().some(({ problems }) => problems.machine !== undefined)).toBe(true);
    await deleteApplication(fixture.engine.context, USER, { applicationId: web, removeVolumes: true });
    await pass(60_000);
    expect(members().map(({ actual }) => actual)).toEqual(['RUNNING', 'RUNNING']);
  });

  it('is deleted with what runs on it stopped, its machines given back and its name free again', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    const id = await deploy(cloudText(), SPARE);
    const web = await deploy(webText(2));
    const { taskId } = await deleteApplication(fixture.engine.context, USER, { applicationId: id, removeVolumes: false });
    await pass(60_000);
    expect(fixture.store.view.get('application', id)).toBeUndefined();
    expect(spares()).toBeUndefined();
    expect(hosts()).toEqual([]);
    expect(containersOn('spare-1') + containersOn('spare-2')).toBe(0);
    expect(fixture.store.view.get('task', taskId)?.status).toBe('done');
    const root = fixture.store.view.get('entity', fixture.store.view.get('application', web)?.rootId ?? '');
    expect(root?.goal).toBe('stopped');
    await deploy(cloudText(), SPARE);
    expect(addresses()).toEqual(['spare-1', 'spare-2']);
  });

  it('deletes the applications on it only where the caller said so', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    const id = await deploy(cloudText(), SPARE);
    const web = await deploy(webText(2));
    await deleteApplication(fixture.engine.context, USER, { applicationId: id, removeVolumes: false, onClouds: 'delete' });
    await pass(60_000);
    expect(fixture.store.view.get('application', id)).toBeUndefined();
    expect(fixture.store.view.get('application', web)).toBeUndefined();
  });

  it('goes also when a host is lost, once that is released by force', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    const id = await deploy(cloudText(), SPARE);
    await deploy(webText(4));
    const machine = fixture.spare.find(({ name }) => name === 'spare-1');
    if (machine) machine.reachable = false;
    await pass(30_000);
    await deleteApplication(fixture.engine.context, USER, { applicationId: id, removeVolumes: false });
    await pass(400_000);
    const [stuck] = members();
    expect(members()).toHaveLength(1);
    expect(stuck?.waitingFor).toMatch(/by force/);
    if (stuck) await invokeEffector(fixture.engine.context, USER, { entityId: stuck.id, effector: 'release', parameters: { force: true } });
    await pass(30_000);
    expect(fixture.store.view.get('application', id)).toBeUndefined();
    expect(spares()).toBeUndefined();
  });

  it('changes nothing when its own text is deployed again as an update, and applies what is new in place', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    const id = await deploy(cloudText(), SPARE);
    const before = hosts();
    await updateApplication(fixture.engine.context, USER, { applicationId: id, text: cloudText(), expectedGeneration: 1 });
    await pass(20_000);
    expect(hosts()).toEqual(before);
    const text = cloudText({ size: 3, config: ['docker.container.strategies: [{ $brooklyn:object: { type: breadth-first } }]'] });
    await updateApplication(fixture.engine.context, USER, { applicationId: id, text, expectedGeneration: 2 });
    await pass(20_000);
    expect(addresses()).toEqual(['spare-1', 'spare-2', 'spare-3']);
    expect(spares()?.strategies).toEqual([{ strategy: 'breadth-first', config: {} }]);
  });

  it('gives every machine back when it dies at any moment of its end', async () => {
    for (const ms of [0, 1, 2, 5, 20, 100, 1_000, 3_000]) {
      fixture = await openEngineFixture({ spare: 4, seed: ms + 1 });
      const id = await deploy(cloudText(), SPARE);
      await deploy(webText(2));
      await deleteApplication(fixture.engine.context, USER, { applicationId: id, removeVolumes: true, onClouds: 'delete' });
      if (ms > 0) await fixture.pass(ms);
      await fixture.crash();
      await pass(60_000);
      expect(fixture.store.view.all('application').size).toBe(0);
      expect(spares()).toBeUndefined();
      expect(fixture.store.view.all('host').size).toBe(3);
      expect(fixture.spare.map((machine) => machine.containers.size)).toEqual([0, 0, 0, 0]);
      await fixture.stop();
    }
  });

  it('gives one machine back on demand, takes another for it or is smaller, and keeps one in use', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText(), SPARE);
    const { context } = fixture.engine;
    const release = (entity: Entity | undefined, parameters: object) =>
      invokeEffector(context, USER, { entityId: entity?.id ?? ('' as Entity['id']), effector: 'release', parameters });
    await release(members()[0], {});
    await pass(10_000);
    expect(members().map(({ actual }) => actual)).toEqual(['RUNNING', 'RUNNING']);
    expect(cloudEntity().size).toBe(2);
    await release(members()[1], { afterwards: 'shrink' });
    await pass(10_000);
    expect(addresses()).toHaveLength(1);
    expect(cloudEntity().size).toBe(1);
    await deploy(webText(1));
    await expect(release(members()[0], {})).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is smaller by a host that a person drains and then releases', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText(), SPARE);
    await deploy(webText(2));
    const host = hosts().find(({ name }) => name === 'docker-2');
    if (host) await drainHost(fixture.engine.context, USER, { hostId: host.id, afterwards: 'keep' });
    await pass(60_000);
    const entityId = host?.origin?.entityId ?? cloudEntity().id;
    await invokeEffector(fixture.engine.context, USER, { entityId, effector: 'release', parameters: { afterwards: 'shrink' } });
    await pass(10_000);
    expect(hosts().map(({ name }) => name)).toEqual(['docker-1']);
    expect(cloudEntity().size).toBe(1);
    expect(containersOn(addresses()[0] ?? '')).toBe(2);
  });

  it('grows for a host that a person holds back', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText({ size: 1, config: HEADROOM }), SPARE);
    const [host] = hosts();
    if (host) await cordonHost(fixture.engine.context, { hostId: host.id, cordoned: true });
    await pass(60_000);
    expect(addresses()).toHaveLength(2);
  });

  it('stops what runs on it and keeps its hosts', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    await deploy(cloudText(), SPARE);
    const web = await deploy(webText(2));
    const { context } = fixture.engine;
    await stopEntity(context, USER, { entityId: cloudEntity().id });
    await pass(30_000);
    expect(cloudEntity().actual).toBe('STOPPED');
    expect(fixture.store.view.entitiesOf(web).map(({ actual }) => actual)).toEqual(['STOPPED', 'STOPPED', 'STOPPED', 'STOPPED']);
    expect(addresses()).toHaveLength(2);
    await startEntity(context, USER, { entityId: cloudEntity().id });
    await pass(10_000);
    expect(cloudEntity().actual).toBe('RUNNING');
  });

  it('says what a machine lacks, and puts nothing on it', async () => {
    fixture = await openEngineFixture({ spare: 4 });
    const spec =
      'docker.host.spec: { $brooklyn:entitySpec: { type: docker-host, brooklyn.config: { docker.host.flags: { minRam: 999t } } } }';
    await deploy(cloudText({ size: 1, config: [spec] }), SPARE);
    await pass(10_000);
    expect(members()[0]?.problems.machine).toMatch(/too small/);
    expect(hosts()[0]?.cordoned).toBe(true);
  });
});
