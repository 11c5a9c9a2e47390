import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { EntityId, HostId } from '../domain/shared/ids.ts';
import { soloBlueprint } from '../testing/engine-blueprints.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';
import { cordonHost } from './commands/hosts/cordon-host.ts';
import { requirePlan } from './commands/plan-blueprint.ts';
import { previewPlacement } from './queries/preview-placement.ts';
import { roomFor } from './queries/room-for.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

/** The host that one more container is put on. */
async function nextHost(): Promise<string | undefined> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text: soloBlueprint() });
  await fixture.pass(5_000);
  const [entity] = fixture.store.view.entitiesOf(applicationId).filter((one) => one.parentId !== null);
  return fixture.store.view.instancesOf(entity?.id ?? '')[0]?.hostId;
}

async function cordon(name: string, cordoned: boolean): Promise<void> {
  await cordonHost(fixture.engine.context, { hostId: name as HostId, cordoned });
}

describe('engine, placement', () => {
  it('goes on in turn over the hosts, whichever of them were left out before', async () => {
    fixture = await openEngineFixture({ hosts: 3 });
    expect(await nextHost()).toBe('host-1');
    await cordon('host-2', true);
    expect(await nextHost()).toBe('host-3');
    await cordon('host-2', false);
    expect(await nextHost()).toBe('host-1');
    expect(await nextHost()).toBe('host-2');
  });

  it('goes on in turn after a restart of the console', async () => {
    fixture = await openEngineFixture({ hosts: 3 });
    expect(await nextHost()).toBe('host-1');
    await fixture.crash();
    await fixture.pass(100);
    expect(await nextHost()).toBe('host-2');
  });

  it('previews two services that want the same port of a host on two hosts', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: [{ strategy: 'depth-first', config: {} }] });
    const service = (id: string) => `
- type: haproxy
  id: ${id}
  brooklyn.config: { proxy.http.port: 8000 }`;
    const text = `name: two\nlocation: ${CLOUD}\nservices:${service('a')}${service('b')}\n`;
    const { context } = fixture.engine;
    const previewed = previewPlacement(context, await requirePlan({ text }, context), CLOUD);
    expect(previewed.map((decision) => decision.hostId)).toEqual(['host-1', 'host-2']);
  });

  it('counts the siblings of one entity, not those of another that was placed just before', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const expression = 'host.siblings == 0 && container.name != "none"';
    const text = `
name: two
location: ${CLOUD}
services:
- type: cluster
  brooklyn.config: { cluster.initial.size: 3 }
  memberSpec: { type: "docker:busybox", command: [sleep, infinity] }
- type: cluster
  memberSpec:
    type: docker:busybox
    brooklyn.config:
      docker.container.strategies: [{ $brooklyn:object: { type: predicate, brooklyn.config: { expression: '${expression}' } } }]
`;
    const { context } = fixture.engine;
    const previewed = previewPlacement(context, await requirePlan({ text }, context), CLOUD);
    expect(previewed.map(({ hostId }) => hostId)).toEqual(['host-1', 'host-1', 'host-1', 'host-1']);
    expect(
      previewPlacement(context, await requirePlan({ text: text.replace('== 0', '== 1') }, context), CLOUD).map(({ hostId }) => hostId),
    ).toContain(null);
  });

  it('tells how many more of a service each host would take, and puts exactly so many there', async () => {
    const strategies = [
      { strategy: 'max-containers', config: { maxContainers: 3 } },
      { strategy: 'breadth-first', config: {} },
    ];
    fixture = await openEngineFixture({ hosts: 3, strategies });
    const { context } = fixture.engine;
    const text = `
name: many
location: ${CLOUD}
services:
- type: cluster
  brooklyn.config: { cluster.initial.size: 2 }
  memberSpec: { type: "docker:busybox", command: [sleep, infinity] }
`;
    const { applicationId } = await deployApplication(context, USER, { text });
    await fixture.pass(5_000);
    await cordon('host-3', true);
    const cluster = fixture.store.view.entitiesOf(applicationId).find(({ size }) => size !== null);
    const room = () => roomFor(context, cluster?.id as EntityId).hosts.map(({ host, count, reason }) => [host, count, reason]);
    const full = 'has 3 of at most 3 containers';
    expect(room()).toEqual([
      ['host-1', 2, full],
      ['host-2', 2, full],
      ['host-3', 0, 'cordoned: takes no new containers'],
    ]);
    await resizeEntity(context, USER, { entityId: cluster?.id as EntityId, size: 6 });
    await fixture.pass(10_000);
    const placed = [...fixture.store.view.all('instance').values()].map(({ hostId }) => hostId).sort();
    expect(placed).toEqual(['host-1', 'host-1', 'host-1', 'host-2', 'host-2', 'host-2']);
    expect(room().map(([, count]) => count)).toEqual([0, 0, 0]);
    expect(fixture.store.view.all('entity').has('another')).toBe(false);
  });

  it('counts the room of a service whose ports of the host are taken by one, and no further than anybody wants to know', async () => {
    fixture = await openEngineFixture({ hosts: 2 });
    const { context } = fixture.engine;
    const text = (config: string) => `name: one\nlocation: ${CLOUD}\nservices: [{ type: "docker:busybox", id: box${config} }]\n`;
    const roomOf = async (config: string) => {
      const { applicationId } = await deployApplication(context, USER, { text: text(config) });
      await fixture.pass(5_000);
      const entity = fixture.store.view.entitiesOf(applicationId).find(({ type }) => type === 'docker-container');
      return roomFor(context, entity?.id as EntityId).hosts;
    };
    const bound = await roomOf(', brooklyn.config: { docker.container.portBindings: { "8080": "80" } }');
    expect(bound.map(({ count }) => count)).toEqual([0, 1]);
    expect(bound[0]?.reason).toContain('8080');
    const apart = ', brooklyn.config: { docker.container.strategies: [{ $brooklyn:object: { type: group } }] }';
    expect((await roomOf(apart)).map(({ count }) => count)).toEqual([50, 50]);
    expect(await roomOf('')).toMatchObject([{ count: 50, isMore: true, reason: null }, { isMore: true }]);
  });
});
