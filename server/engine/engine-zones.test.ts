import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isMember } from '../domain/cluster/members.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';
import { cordonHost } from './commands/hosts/cordon-host.ts';
import { updateHost } from './commands/hosts/update-host.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;
let application: ApplicationId;

beforeEach(async () => {
  fixture = await openEngineFixture({ hosts: 4, strategies: [{ strategy: 'depth-first', config: {} }] });
  const zones = { 'host-1': 'a', 'host-2': 'a', 'host-3': 'b' };
  for (const [host, zone] of Object.entries(zones)) await updateHost(fixture.engine.context, { hostId: host as HostId, place: { zone } });
});

afterEach(() => fixture.stop());

async function deploy(size: number, flags: string): Promise<void> {
  const text = `
name: zones
location: ${CLOUD}
services:
- type: org.apache.brooklyn.entity.group.DynamicCluster
  initialSize: ${size}
  ${flags}
  memberSpec: { type: "docker:busybox", command: [sleep, infinity] }
`;
  application = (await deployApplication(fixture.engine.context, USER, { text })).applicationId;
  await fixture.pass(5_000);
}

const entities = (): readonly Entity[] => fixture.store.view.entitiesOf(application);

async function resize(size: number): Promise<void> {
  const cluster = entities().find((entity) => entity.size !== null);
  if (!cluster) throw new Error('no cluster');
  await resizeEntity(fixture.engine.context, USER, { entityId: cluster.id, size });
  await fixture.pass(5_000);
}

/** Hosts of its members in the order of their slots; null has none. */
function places(): readonly (string | null)[] {
  const members = entities().filter(isMember);
  return members.toSorted((a, b) => (a.slot ?? 0) - (b.slot ?? 0)).map(({ id }) => fixture.store.view.instancesOf(id)[0]?.hostId ?? null);
}

describe('a cluster with zones', () => {
  it('puts each member into the zone with the fewest, within it as its cloud does, and where no zone is known last', async () => {
    await deploy(4, 'enableAvailabilityZones: true');
    expect(places()).toEqual(['host-1', 'host-3', 'host-1', 'host-3']);
  });

  it('is spread over no zones unless it says so', async () => {
    await deploy(3, 'availabilityZoneNames: [b]');
    expect(places()).toEqual(['host-1', 'host-1', 'host-1']);
  });

  it('grows in the zones that are left while one takes nothing, and evens out once it does', async () => {
    await deploy(2, 'dynamiccluster.zone.enable: "true"');
    await cordonHost(fixture.engine.context, { hostId: 'host-3' as HostId, cordoned: true });
    await resize(4);
    expect(places()).toEqual(['host-1', 'host-3', 'host-1', 'host-1']);
    await cordonHost(fixture.engine.context, { hostId: 'host-3' as HostId, cordoned: false });
    await resize(6);
    expect(places().slice(4)).toEqual(['host-3', 'host-3']);
  });

  it('takes no host outside of the zones that it names, and a member without one says why it waits', async () => {
    await deploy(1, 'brooklyn.config: { dynamiccluster.zone.enable: true, dynamiccluster.availabilityZones: [b] }');
    expect(places()).toEqual(['host-3']);
    await cordonHost(fixture.engine.context, { hostId: 'host-3' as HostId, cordoned: true });
    await resize(2);
    expect(places()).toEqual(['host-3', null]);
    expect(entities().find(({ slot }) => slot === 2)?.waitingFor).toContain('is in zone a, not in b');
  });
});
