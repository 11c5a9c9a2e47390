import { afterEach, describe, expect, it } from 'vitest';
import type { Instance } from '../domain/entity/instance.ts';
import { CLOUD, type EngineFixture, openEngineFixture, TEST_NETWORKING } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { attachNetwork, detachNetwork } from './commands/networks/attach-network.ts';

let fixture: EngineFixture;

afterEach(() => fixture.stop());

/** One web server at a port of the host that never changes. */
const BLUEPRINT = `
name: site
location: ${CLOUD}
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: 1
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: docker:nginx:1
        brooklyn.config: { docker.container.portBindings: { 8080: 80 } }
- type: haproxy
  id: lb
  brooklyn.config: { loadBalancer.target: $brooklyn:component("web") }
`;

/** Both on one network that reaches all hosts, the balancer on another besides. */
const NETWORKED = BLUEPRINT.replace('docker.container.portBindings: { 8080: 80 }', '$&, docker.container.networks: [back]').replace(
  'loadBalancer.target:',
  'docker.container.networks: [front, back], $&',
);

function instanceOf(image: string): Instance {
  const found = [...fixture.store.view.all('instance').values()].filter(
    ({ spec, state }) => spec.image.startsWith(image) && state === 'running',
  );
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} instances of ${image}`);
  return found[0];
}

function killWeb(): void {
  const { containerName } = instanceOf('nginx');
  const machine = fixture.machines.find((one) => one.find(containerName));
  const container = machine?.find(containerName);
  if (!machine || !container) throw new Error('no web server');
  machine.end(container, 137);
}

function served(): string {
  const { containerName } = instanceOf('haproxy');
  const container = fixture.machines.flatMap((machine) => machine.find(containerName) ?? [])[0];
  return container?.files.find(({ path }) => path.endsWith('haproxy.cfg'))?.content ?? '';
}

describe('engine, what a load balancer serves', () => {
  it('is the server that came back where the one before was, also when the list without it was written and never recorded', async () => {
    fixture = await openEngineFixture({ hosts: 2 });
    await deployApplication(fixture.engine.context, { kind: 'user', by: 'ann' }, { text: BLUEPRINT });
    await fixture.pass(5_000);
    const before = instanceOf('nginx');
    expect(instanceOf('haproxy').serves).toEqual([before.id]);
    const list = served();
    expect(list).toContain(':8080');

    const machine = fixture.machines.find((one) => one.find(instanceOf('haproxy').containerName));
    if (!machine) throw new Error('no load balancer');
    machine.faults = { onCall: (call) => (call === 'exec' ? 'lost-before' : 'none'), copiesOfEvent: () => 1 };
    killWeb();
    await fixture.pass(20);
    expect(served()).not.toContain(':8080');
    await fixture.pass(20_000);
    machine.faults = undefined;
    await fixture.crash();
    await fixture.pass(60_000);

    const after = instanceOf('nginx');
    expect(after.id).not.toBe(before.id);
    expect(served()).toBe(list);
    expect(instanceOf('haproxy').serves).toEqual([after.id]);
  });

  it('is reached on a network of both, also where nothing of it is published, and by its host while they share none', async () => {
    fixture = await openEngineFixture({ hosts: 2, networking: TEST_NETWORKING });
    const text = NETWORKED.replace('loadBalancer.target:', 'member.port: 81, $&');
    await deployApplication(fixture.engine.context, { kind: 'user', by: 'ann' }, { text: NETWORKED });
    await fixture.pass(10_000);
    const addressOnBack = () => instanceOf('nginx').endpoints?.find(({ network }) => network === 'back')?.address;
    expect(served()).toContain(` ${addressOnBack()}:80\n`);
    expect(served()).not.toContain(':8080');

    const { entityId } = instanceOf('haproxy');
    await detachNetwork(fixture.engine.context, { entityId, network: 'back' });
    await fixture.pass(10_000);
    expect(served()).toContain(':8080');
    await attachNetwork(fixture.engine.context, { entityId, network: 'back' });
    await fixture.pass(10_000);
    expect(served()).toContain(` ${addressOnBack()}:80\n`);

    await fixture.stop();
    fixture = await openEngineFixture({ hosts: 2, networking: TEST_NETWORKING });
    await deployApplication(fixture.engine.context, { kind: 'user', by: 'ann' }, { text });
    await fixture.pass(10_000);
    expect(served()).toContain(` ${addressOnBack()}:81\n`);
  });
});
