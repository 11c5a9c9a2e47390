import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const web = (size: number, image = 'nginx:1'): string => `
name: shop
location: ${CLOUD}
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: ${size}
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: docker:${image}
        brooklyn.config:
          docker.container.openPorts: [80]
`;

function running(): readonly string[] {
  return fixture.machines.flatMap((machine) => machine.running().map((container) => `${machine.name} ${container.request.spec.image}`));
}

describe('engine', () => {
  it('starts every member of a deployed cluster, spread over the hosts', async () => {
    fixture = await openEngineFixture();
    const { applicationId, taskId } = await deployApplication(fixture.engine.context, USER, { text: web(6) });
    await fixture.pass(2_000);
    expect(running().sort()).toEqual(['host-1', 'host-1', 'host-2', 'host-2', 'host-3', 'host-3'].map((host) => `${host} nginx:1`));
    const { view } = fixture.store;
    const application = view.get('application', applicationId);
    expect(view.get('entity', application?.rootId ?? '')?.actual).toBe('RUNNING');
    expect(view.get('task', taskId)?.status).toBe('done');
  });
});
