import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { startEntity, stopEntity } from './commands/entity-effectors.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;
let application: ApplicationId;

afterEach(() => fixture.stop());

const OPENS_AFTER_MS = 10_000;
/** The process on top waits until another has ended. */
const nested = (mode: string): string => `
name: nested
location: ${CLOUD}
services:
- { type: "docker:gate:1", id: gate, name: Gate, brooklyn.config: { docker.container.restartPolicy: "no" } }
- type: vanilla-process
  id: top
  name: Top
  childStartMode: ${mode}
  dependsOn: { gate: { condition: completed } }
  brooklyn.config:
    docker.image.name: top:1
    launch.command: run
  brooklyn.children:
  - { type: "docker:direct:1", id: direct }
  - type: application
    brooklyn.children: [{ type: "docker:deep:1", id: deep }]
`;

async function deploy(text: string): Promise<void> {
  fixture = await openEngineFixture({ hosts: 1 });
  for (const machine of fixture.machines)
    machine.behaviourOf = (image) => (image === 'gate:1' ? { exitCode: 0, exitAfterMs: OPENS_AFTER_MS } : {});
  application = (await deployApplication(fixture.engine.context, USER, { text })).applicationId;
  await fixture.pass(5_000);
}

function entity(planId: string): Entity {
  const found = fixture.store.view.entitiesOf(application).find((one) => one.planId === planId);
  if (!found) throw new Error(`no ${planId}`);
  return found;
}

const state = (planId: string): string => `${entity(planId).actual} ${entity(planId).waitingFor ?? ''}`.trim();

describe('children of a process', () => {
  it.each(['background_late', 'FOREGROUND_LATE'])('start once it is up, also those further below (%s)', async (mode) => {
    await deploy(nested(mode));
    expect([state('direct'), state('deep')]).toEqual(['STARTING Top: service.isUp', 'STARTING Top: service.isUp']);
    await fixture.pass(2 * OPENS_AFTER_MS);
    expect(['top', 'direct', 'deep'].map(state)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  });

  it('start beside it where its mode is not a late one', async () => {
    await deploy(nested('background'));
    expect(entity('top').actual).not.toBe('RUNNING');
    expect([state('direct'), state('deep')]).toEqual(['RUNNING', 'RUNNING']);
  });

  it('run on while it is down, and are started by themselves while it is stopped', async () => {
    await deploy(nested('background_late'));
    await fixture.pass(2 * OPENS_AFTER_MS);
    await stopEntity(fixture.engine.context, USER, { entityId: entity('top').id });
    await fixture.pass(20_000);
    expect(['top', 'direct'].map(state)).toEqual(['STOPPED', 'STOPPED']);
    await startEntity(fixture.engine.context, USER, { entityId: entity('direct').id });
    await fixture.pass(10_000);
    expect(['top', 'direct'].map(state)).toEqual(['STOPPED', 'RUNNING']);
  });
});
