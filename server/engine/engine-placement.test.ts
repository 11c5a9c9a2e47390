import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { HostId } from '../domain/shared/ids.ts';
import { soloBlueprint } from '../testing/engine-blueprints.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { cordonHost } from './commands/hosts/cordon-host.ts';
import { requirePlan } from './commands/plan-blueprint.ts';
import { previewPlacement } from './queries/preview-placement.ts';

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
});
