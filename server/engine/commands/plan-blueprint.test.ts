import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../../domain/entity/task.ts';
import { soloBlueprint } from '../../testing/engine-blueprints.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../../testing/engine-fixture.ts';
import { deployApplication } from './deploy-application.ts';
import { updateApplication } from './update-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const SCALED = `name: scaled
location: ${CLOUD}
services:
- type: docker:redis
  brooklyn.policies:
  - type: org.apache.brooklyn.policy.jclouds.os.CreateUserPolicy
- type: org.apache.brooklyn.entity.nosql.cassandra.CassandraNode
`;
const REFUSAL = {
  code: 'blueprint.invalid',
  message:
    'The blueprint cannot be deployed by this version. ' +
    'Line 6, column 11: Nothing acts on “Create a user” yet: it is checked and planned, not deployed. ' +
    'Line 7, column 9: Nothing acts on “Cassandra node” yet: it is checked and planned, not deployed.',
};
let fixture: EngineFixture;

afterEach(() => fixture.stop());

describe('a blueprint with parts that nothing acts on yet', () => {
  it('is refused before anything is stored, and each part is named with its place', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const { context } = fixture.engine;
    await expect(deployApplication(context, USER, { text: SCALED })).rejects.toMatchObject(REFUSAL);
    expect([...fixture.store.view.all('application')]).toEqual([]);
    expect([...fixture.store.view.all('entity')]).toEqual([]);
  });

  it('is refused as an update, and what runs stays as it is', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const { context } = fixture.engine;
    const { applicationId } = await deployApplication(context, USER, { text: soloBlueprint() });
    await expect(updateApplication(context, USER, { applicationId, text: SCALED, expectedGeneration: 1 })).rejects.toMatchObject(REFUSAL);
    expect(fixture.store.view.get('application', applicationId)?.generation).toBe(1);
  });
});
