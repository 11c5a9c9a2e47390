import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture, TEST_NETWORKING } from '../testing/engine-fixture.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const BLUEPRINT = `
name: shared
location: ${CLOUD}
brooklyn.config:
  docker.networks: { edge: { external: proxy } }
  docker.volumes: { data: { external: orders } }
services:
- type: docker:app:1
  id: app
  brooklyn.config:
    docker.container.networks: [edge]
    docker.container.volumes: ['data:/data']
`;

async function deploy(text = BLUEPRINT, hostAccess = true): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text, parts: { hostAccess } });
  await fixture.pass(10_000);
  return applicationId;
}

async function open({ on }: { readonly on: number | null }): Promise<void> {
  fixture = await openEngineFixture({ hosts: 3 });
  if (on !== null) makeThere(on);
  await fixture.pass(30_000);
}

function makeThere(index: number): void {
  fixture.machines[index]?.volumes.set('orders', {});
  fixture.machines[index]?.networks.set('proxy', { name: 'proxy', definition: {}, labels: {} });
}

const app = () => [...fixture.store.view.all('entity').values()].find(({ planId }) => planId === 'app');
const instance = () => fixture.store.view.get('instance', app()?.instanceId ?? '');

describe('networks and volumes that others made', () => {
  it('are used under their names on the host that has them, and stay when the application goes', async () => {
    await open({ on: 1 });
    const applicationId = await deploy();
    expect([app()?.actual, instance()?.hostId, app()?.dataHostId]).toEqual(['RUNNING', 'host-2', 'host-2']);
    const made = fixture.machines[1]?.running()[0]?.request;
    expect([made?.networkNames, made?.volumeNames]).toEqual([{ edge: 'proxy' }, { data: 'orders' }]);
    expect(fixture.store.view.all('volume').size + fixture.store.view.all('network').size).toBe(0);
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(30_000);
    expect(fixture.store.view.all('application').size).toBe(0);
    expect([...(fixture.machines[1]?.volumes.keys() ?? [])]).toEqual(['orders']);
    expect([...(fixture.machines[1]?.networks.keys() ?? [])]).toEqual(['proxy']);
    expect([fixture.machines[1]?.calls.get('volume-create'), fixture.machines[1]?.calls.get('network-create')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('are waited for where no host has them, with the reason of each, and found once one has', async () => {
    await open({ on: null });
    await deploy();
    expect(app()?.instanceId).toBeNull();
    expect(JSON.stringify(app()?.problems)).toContain('has no network proxy, which others are to have made');
    makeThere(2);
    await fixture.pass(60_000);
    expect([app()?.actual, instance()?.hostId]).toEqual(['RUNNING', 'host-3']);
  });

  it('that went away hold up a new container, which says so, and never get one made in their place', async () => {
    await open({ on: 0 });
    await deploy();
    const [machine] = fixture.machines;
    const [container] = machine?.running() ?? [];
    machine?.volumes.delete('orders');
    if (container) machine?.remove(container);
    await fixture.pass(60_000);
    expect(instance()?.state).toBe('planned');
    expect(app()?.problems).toMatchObject({ external: 'volume orders: host-1 has none by that name' });
    expect(machine?.volumes.size).toBe(0);
    machine?.volumes.set('orders', {});
    await fixture.pass(60_000);
    expect([app()?.actual, app()?.problems]).toEqual(['RUNNING', {}]);
  });

  it('end where they end also in a cloud whose own networks reach all hosts', async () => {
    fixture = await openEngineFixture({ hosts: 3, networking: TEST_NETWORKING });
    makeThere(1);
    await fixture.pass(30_000);
    await deploy();
    expect([app()?.actual, instance()?.hostId]).toEqual(['RUNNING', 'host-2']);
    expect(instance()?.spec.networks?.map(({ definition }) => definition)).toEqual([{ external: 'proxy' }]);
  });

  it('need host access, also where an expression names them', async () => {
    await open({ on: 0 });
    await expect(deploy(BLUEPRINT, false)).rejects.toMatchObject({
      code: 'blueprint.invalid',
      message: expect.stringContaining('the network proxy of the host is one that others made'),
    });
    expect(fixture.store.view.all('application').size).toBe(0);
    await deploy(
      BLUEPRINT.replace('external: orders', `external: '$brooklyn:formatString("%s", "orders")'`).replace('{ external: proxy }', '{}'),
      false,
    );
    expect(app()?.instanceId).toBeNull();
    expect(JSON.stringify(app()?.problems)).toContain('volume orders: what others made on the host needs host access');
  });

  it.each([
    ['docker.volumes: { data: { external: orders, driver: local } }', 'says how it is made'],
    ['docker.volumes: { data: { external: ckv-plane1-e-data } }', 'is a name that Clocker gives'],
    ['docker.networks: { edge: { external: "../x" } }', 'needs the name of what is there'],
  ])('are refused as %s', async (config, message) => {
    await open({ on: 0 });
    const text = `name: wrong\nlocation: ${CLOUD}\nbrooklyn.config: { ${config} }\nservices:\n- type: docker:app:1\n`;
    await expect(deploy(text)).rejects.toMatchObject({ code: 'blueprint.invalid', message: expect.stringContaining(message) });
  });
});
