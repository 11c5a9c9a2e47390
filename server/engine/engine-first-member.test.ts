import { afterEach, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, EntityId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';
import { requirePlan } from './commands/plan-blueprint.ts';
import { updateApplication } from './commands/update-application.ts';
import { previewPlacement } from './queries/preview-placement.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const blueprint = ({ first = 'leader:1', other = 'worker:1' }: { readonly first?: string; readonly other?: string } = {}): string => `
name: shop
location: ${CLOUD}
services:
- type: cluster
  id: pool
  initialSize: 3
  firstMemberSpec: { type: 'docker:${first}' }
  memberSpec: { type: 'docker:${other}' }
`;

async function deploy(): Promise<ApplicationId> {
  fixture = await openEngineFixture();
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text: blueprint() });
  await fixture.pass(5_000);
  return applicationId;
}

function images(): readonly string[] {
  return fixture.machines.flatMap((machine) => machine.running().map((one) => one.request.spec.image)).sort();
}

async function resize(size: number): Promise<void> {
  const cluster = [...fixture.store.view.all('entity').values()].find((entity) => entity.size !== null);
  await resizeEntity(fixture.engine.context, USER, { entityId: (cluster?.id ?? '') as EntityId, size });
  await fixture.pass(10_000);
}

it('makes the first member of a cluster as the blueprint has it, and the others of the other spec', async () => {
  await deploy();
  expect(images()).toEqual(['leader:1', 'worker:1', 'worker:1']);
});

it('makes a first member again only where there is none left', async () => {
  await deploy();
  await resize(1);
  expect(images()).toEqual(['leader:1']);
  await resize(2);
  expect(images()).toEqual(['leader:1', 'worker:1']);
  await resize(0);
  await resize(2);
  expect(images()).toEqual(['leader:1', 'worker:1']);
});

it('gives each member its own new spec in an update', async () => {
  const applicationId = await deploy();
  await updateApplication(fixture.engine.context, USER, { applicationId, text: blueprint({ first: 'leader:2' }), expectedGeneration: 1 });
  await fixture.pass(20_000);
  expect(images()).toEqual(['leader:2', 'worker:1', 'worker:1']);
  const text = blueprint({ first: 'leader:2', other: 'worker:2' });
  await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 2 });
  await fixture.pass(30_000);
  expect(images()).toEqual(['leader:2', 'worker:2', 'worker:2']);
});

it('is previewed so', async () => {
  await deploy();
  const plan = await requirePlan({ text: blueprint() }, fixture.engine.context);
  expect(previewPlacement(fixture.engine.context, plan, CLOUD).map(({ name }) => name)).toEqual(['leader-1', 'worker-2', 'worker-3']);
});
