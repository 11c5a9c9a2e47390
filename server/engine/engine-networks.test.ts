import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { checkWorld } from '../testing/check-world.ts';
import { networkedBlueprint } from '../testing/engine-blueprints.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity, startEntity, stopEntity } from './commands/entity-effectors.ts';
import { updateApplication } from './commands/update-application.ts';
import { previewPlacement } from './queries/preview-placement.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text = networkedBlueprint()): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

async function update(applicationId: ApplicationId, text: string): Promise<void> {
  const expectedGeneration = fixture.store.view.get('application', applicationId)?.generation ?? 0;
  await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration });
  await fixture.pass(60_000);
}

function entity(applicationId: ApplicationId, planId: string): Entity {
  const found = fixture.store.view.entitiesOf(applicationId).find((one) => one.planId === planId && one.slot === null);
  if (!found) throw new Error(`no entity ${planId}`);
  return found;
}

const rootState = (applicationId: ApplicationId) =>
  fixture.store.view.get('entity', fixture.store.view.get('application', applicationId)?.rootId ?? '')?.actual;
const hostsInUse = () => fixture.machines.filter((machine) => machine.running().length > 0).map((machine) => machine.name);
const networksOn = (index: number) =>
  [...(fixture.machines[index]?.networks.keys() ?? [])].map((name) => name.replace(/^ckn-plane1-[a-z0-9]+-/, ''));
const allNetworks = () => fixture.machines.flatMap((_, index) => networksOn(index));
function requestOf(image: string) {
  const found = fixture.machines.flatMap((machine) => machine.running()).find((one) => one.request.spec.image === image);
  if (!found) throw new Error(`no container of ${image}`);
  return found.request;
}

describe('networks of an application', () => {
  it('are made once, on the one host where all their containers go, and carry their names', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy();
    expect(rootState(applicationId)).toBe('RUNNING');
    expect(hostsInUse()).toHaveLength(1);
    expect(allNetworks().map((name) => name.split('-')[0])).toEqual(['front', 'back']);
    const created = fixture.machines.reduce((total, machine) => total + (machine.calls.get('network-create') ?? 0), 0);
    expect(created).toBe(2);
    const web = requestOf('nginx:1');
    expect(web.spec.networks?.map(({ name, aliases, definition }) => ({ name, aliases, definition }))).toEqual([
      { name: 'front', aliases: ['web', 'www'], definition: {} },
      { name: 'back', aliases: ['web'], definition: { internal: true } },
    ]);
    expect(requestOf('api:1').spec.networks?.[0]?.aliases).toEqual(['api', 'api-1']);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('give the reason why their containers are together', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy();
    const decisionId = fixture.store.view.get('instance', entity(applicationId, 'cache').instanceId ?? '')?.decisionId ?? '';
    const explanation = fixture.store.view.get('decision', decisionId)?.explanation ?? [];
    const [home] = hostsInUse();
    expect(explanation.filter(({ by }) => by === 'same-host').map(({ text }) => text)).toContain(
      `${home} is chosen for cache: with the others of network back`,
    );
    expect(explanation.filter(({ refused }) => refused)).toHaveLength(2);
  });

  it('are previewed together too', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy();
    const root = fixture.store.view.get('generation', `${applicationId}:1`)?.plan;
    if (!root) throw new Error('no plan');
    const plan = { name: 'shop', format: 'camp', location: CLOUD, root, waits: [] } as const;
    const previewed = previewPlacement(fixture.engine.context, plan, CLOUD);
    expect(previewed).toHaveLength(4);
    expect(new Set(previewed.map(({ hostId }) => hostId)).size).toBe(1);
  });

  it('stay while the application is stopped, and go with its last container', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy();
    const rootId = fixture.store.view.get('application', applicationId)?.rootId;
    if (!rootId) throw new Error('no root');
    await stopEntity(fixture.engine.context, USER, { entityId: rootId });
    await fixture.pass(20_000);
    expect(allNetworks()).toHaveLength(2);
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(20_000);
    expect(allNetworks()).toEqual([]);
    expect(fixture.store.view.all('network').size).toBe(0);
    expect(fixture.store.view.all('application').size).toBe(0);
  });

  it('are made again when somebody has removed them while nothing ran on them', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const applicationId = await deploy();
    const rootId = fixture.store.view.get('application', applicationId)?.rootId;
    if (!rootId) throw new Error('no root');
    await stopEntity(fixture.engine.context, USER, { entityId: rootId });
    await fixture.pass(20_000);
    fixture.machines[0]?.networks.clear();
    await startEntity(fixture.engine.context, USER, { entityId: rootId });
    await fixture.pass(20_000);
    expect(rootState(applicationId)).toBe('RUNNING');
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('are never taken from others: a foreign one of the same name is told and left alone', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const [machine] = fixture.machines;
    const applicationId = await deploy();
    const name = [...(machine?.networks.keys() ?? [])].find((one) => one.includes('-back-')) ?? '';
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(20_000);
    const again = await deploy();
    const next = [...(machine?.networks.keys() ?? [])].find((one) => one.includes('-back-')) ?? '';
    expect(next).not.toBe(name);
    // The record says it is to be made; somebody else was quicker.
    for (const container of machine?.running() ?? []) machine?.end(container, 1);
    machine?.networks.set(next, { name: next, labels: { 'io.clocker.plane': 'plane1' }, definition: {} });
    await fixture.store.commit((draft) => {
      for (const network of draft.all('network').values())
        if (network.networkName === next) draft.put('network', { ...network, state: 'planned' });
    });
    await fixture.pass(30_000);
    expect(entity(again, 'cache').problems.network).toContain('not ours');
    await deleteApplication(fixture.engine.context, USER, { applicationId: again, removeVolumes: true });
    await fixture.pass(60_000);
    expect([...(machine?.networks.keys() ?? [])]).toEqual([next]);
    expect(fixture.store.view.all('network').size).toBe(0);
  });

  it('keep a member away from a host that is full, and say so', async () => {
    const strategies = [{ strategy: 'max-containers', config: { maxContainers: 4 } }];
    fixture = await openEngineFixture({ hosts: 2, strategies });
    const applicationId = await deploy();
    await resizeEntity(fixture.engine.context, USER, { entityId: entity(applicationId, 'api').id, size: 3 });
    await fixture.pass(5_000);
    const waiting = fixture.store.view.entitiesOf(applicationId).find((one) => one.slot === 3);
    expect(waiting?.waitingFor).toMatch(/host-1: .*4/);
    expect(waiting?.waitingFor).toContain('host-2: api-3 has to be on host-1, with the others of network');
  });

  it('choose a host that has the ports which all of them need', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: [] });
    await deploy(`name: other\nlocation: ${CLOUD}\nservices:\n- type: docker:other:1\n  id: other\n  directPorts: [8080]\n`);
    expect(hostsInUse()).toEqual(['host-1']);
    const applicationId = await deploy(networkedBlueprint({ webPorts: 'directPorts: [8080]' }));
    expect(rootState(applicationId)).toBe('RUNNING');
    expect(fixture.machines[1]?.running()).toHaveLength(4);
  });

  it('move together when their host is lost, and leave nothing behind when it comes back', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy();
    const before = fixture.machines.find((machine) => machine.running().length > 0);
    before?.setReachable(false);
    await fixture.pass(60_000);
    expect(rootState(applicationId)).toBe('RUNNING');
    const now = fixture.machines.filter((machine) => machine !== before && machine.running().length > 0);
    expect(now).toHaveLength(1);
    expect(now[0]?.networks.size).toBe(2);
    before?.setReachable(true);
    await fixture.pass(120_000);
    expect(before?.networks.size).toBe(0);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('gather containers that ran apart before an update gave them a network', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(networkedBlueprint({ joined: false }));
    expect(hostsInUse().length).toBeGreaterThan(1);
    await update(applicationId, networkedBlueprint());
    expect(rootState(applicationId)).toBe('RUNNING');
    expect(hostsInUse()).toHaveLength(1);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('are made anew, all at once, when the blueprint makes them otherwise', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(networkedBlueprint({ back: 'internal: true, subnet: 172.28.0.0/16' }));
    const before = allNetworks();
    await update(applicationId, networkedBlueprint({ back: 'internal: false, subnet: 172.28.0.0/16' }));
    expect(rootState(applicationId)).toBe('RUNNING');
    expect(allNetworks()).toHaveLength(2);
    expect(allNetworks()).not.toEqual(before);
    expect(requestOf('redis:7').spec.networks?.[0]?.definition).toEqual({ subnet: '172.28.0.0/16' });
    const [rollout] = [...fixture.store.view.all('rollout').values()];
    expect([rollout?.state, rollout?.steps.length]).toEqual(['done', 4]);
    expect(new Set(rollout?.steps.map(({ grantedAt }) => grantedAt)).size).toBe(1);
  });

  it('give a fixed address to one container only', async () => {
    fixture = await openEngineFixture();
    const back = 'subnet: 172.28.0.0/16';
    const applicationId = await deploy(networkedBlueprint({ back, apiNetworks: '[{ name: back, address: 172.28.0.9 }]' }));
    const [first, second] = fixture.store.view.childrenOf(entity(applicationId, 'api').id);
    expect([first, second].filter((one) => one?.actual === 'RUNNING')).toHaveLength(1);
    const waiting = [first, second].find((one) => one?.actual !== 'RUNNING');
    expect(waiting?.waitingFor).toMatch(/address 172\.28\.0\.9 of network back is taken by api-\d/);
  });

  it('share a volume on one host, which goes with the application', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(`
name: shared
location: ${CLOUD}
brooklyn.config:
  docker.volumes: { uploads: {} }
services:
- { type: 'docker:web:1', id: web, docker.container.volumes: ['uploads:/srv', 'own:/own'] }
- { type: 'docker:worker:1', id: worker, docker.container.volumes: ['uploads:/in', 'own:/own'] }
`);
    expect(hostsInUse()).toHaveLength(1);
    const names = fixture.machines.flatMap((machine) => [...machine.volumes.keys()]);
    expect(names.filter((name) => name.endsWith('-uploads'))).toEqual([`ckv-plane1-${applicationId.toLowerCase()}-uploads`]);
    expect(names).toHaveLength(3);
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(20_000);
    expect(fixture.machines.flatMap((machine) => [...machine.volumes.keys()])).toEqual([]);
    expect(fixture.store.view.all('volume').size).toBe(0);
    expect(fixture.store.view.all('application').size).toBe(0);
  });
});
