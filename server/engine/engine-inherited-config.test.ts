import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { requirePlan } from './commands/plan-blueprint.ts';
import { updateApplication } from './commands/update-application.ts';
import { previewPlacement } from './queries/preview-placement.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

/** Of what runs, by image. */
function environments(): Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> {
  const specs = fixture.machines.flatMap((machine) => machine.running().map((one) => one.request.spec));
  return Object.fromEntries(
    Object.entries(Object.groupBy(specs, ({ image }) => image)).map(([image, all = []]) => [image, all.map(({ env }) => env)]),
  );
}

function rolloutState(rolloutId: string): string {
  const rollout = fixture.store.view.get('rollout', rolloutId);
  return `${rollout?.state}: ${rollout?.steps.length} steps`;
}

/** Two services, of which one says nothing of its image, and what both are given above. */
function blueprint({ image = 'redis:7', tier = 'gold', size = 1 }: { image?: string; tier?: string; size?: number } = {}): string {
  return `
name: shop
location: ${CLOUD}
brooklyn.parameters:
- { name: workers, type: integer, default: ${size} }
brooklyn.config:
  docker.image.name: ${image}
  tier: ${tier}
  docker.container.environment:
    TIER: $brooklyn:config("tier")
    BOTH: above
services:
- type: docker-container
  id: cache
  brooklyn.config:
    tier: own
    docker.container.environment: { BOTH: own }
- type: docker:web:1
  id: web
  brooklyn.config:
    docker.container.environment: { READ: '$brooklyn:formatString("%s", config("tier"))' }
- type: cluster
  id: pool
  brooklyn.config: { cluster.initial.size: $brooklyn:config("workers") }
  memberSpec: { $brooklyn:entitySpec: { type: 'docker:worker:1' } }
`;
}

describe('engine, inherited config', () => {
  it('runs what takes a needed key from its application, with maps merged and expressions evaluated where they stand', async () => {
    fixture = await openEngineFixture();
    await deploy(blueprint());
    expect(environments()).toEqual({
      'redis:7': [{ TIER: 'gold', BOTH: 'own' }],
      'web:1': [{ TIER: 'gold', BOTH: 'above', READ: 'gold' }],
      'worker:1': [{ TIER: 'gold', BOTH: 'above' }],
    });
  });

  it('makes as many members as an expression says, and as many more when that changes', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(blueprint({ size: 2 }));
    expect(environments()['worker:1']).toHaveLength(2);
    await updateApplication(fixture.engine.context, USER, { applicationId, text: blueprint({ size: 3 }), expectedGeneration: 1 });
    await fixture.pass(10_000);
    expect(environments()['worker:1']).toHaveLength(3);
  });

  it('rolls out to a service what its application gives it, and leaves the others alone', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(blueprint());
    const text = blueprint({ image: 'redis:8' });
    const { rolloutId } = await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(20_000);
    expect(rolloutState(rolloutId)).toBe('done: 1 steps');
    expect(Object.keys(environments()).sort()).toEqual(['redis:8', 'web:1', 'worker:1']);
  });

  it('rolls out, one after the other, what expressions read above', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(blueprint({ size: 2 }));
    const least: number[] = [];
    const stop = fixture.store.subscribe(() => least.push(Object.values(environments()).flat().length));
    const text = blueprint({ size: 2, tier: 'silver' });
    const { rolloutId } = await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(30_000);
    stop();
    expect(rolloutState(rolloutId)).toBe('done: 4 steps');
    expect(Math.min(...least)).toBe(3);
    expect(environments()).toMatchObject({ 'redis:7': [{ TIER: 'silver' }], 'web:1': [{ TIER: 'silver', READ: 'silver' }] });
  });

  it('starts a service once the sensor is there that its application’s config waits for', async () => {
    fixture = await openEngineFixture();
    await deploy(`
name: shop
location: ${CLOUD}
services:
- type: application
  id: front
  brooklyn.config:
    docker.container.environment: { DB: '$brooklyn:component("db").attributeWhenReady("datastore.url")' }
  brooklyn.children:
  - { type: 'docker:web:1', id: web }
- type: mariadb
  id: db
`);
    expect(environments()['web:1']).toEqual([{ DB: expect.stringMatching(/^mysql:/) }]);
  });

  it('previews where containers go that take their config from above', async () => {
    fixture = await openEngineFixture();
    const plan = await requirePlan({ text: blueprint({ size: 2 }) }, fixture.engine.context);
    const decisions = previewPlacement(fixture.engine.context, plan, CLOUD);
    expect(decisions.map(({ name, hostId }) => `${name} ${hostId === null ? 'nowhere' : 'somewhere'}`).sort()).toEqual([
      'cache somewhere',
      'web somewhere',
      'worker-1 somewhere',
      'worker-2 somewhere',
    ]);
  });
});
