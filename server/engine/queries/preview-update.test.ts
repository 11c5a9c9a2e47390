import { afterEach, describe, expect, it } from 'vitest';
import { shopBlueprint } from '../../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture } from '../../testing/engine-fixture.ts';
import { deployApplication } from '../commands/deploy-application.ts';
import { requirePlan } from '../commands/plan-blueprint.ts';
import { updateApplication } from '../commands/update-application.ts';
import { previewUpdate } from './preview-update.ts';

const USER = { kind: 'user', by: 'ann' } as const;
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deployShop() {
  fixture = await openEngineFixture();
  const { context } = fixture.engine;
  const { applicationId } = await deployApplication(context, USER, { text: shopBlueprint() });
  await fixture.pass(5_000);
  const preview = async (text: string) => {
    const { root } = await requirePlan({ text }, context);
    const application = fixture.store.view.get('application', applicationId);
    if (!application) throw new Error('the shop is gone');
    return previewUpdate(context, { application, text, parts: undefined, root });
  };
  const told = async (text: string) => (await preview(text)).changes.map(({ effect, name }) => `${name} ${effect}`).sort();
  return { applicationId, preview, told };
}

describe('the preview of an update', () => {
  it('tells nothing where nothing changes, and changes nothing itself', async () => {
    const { told } = await deployShop();
    const { revision } = fixture.store;
    expect(await told(shopBlueprint())).toEqual([]);
    expect(await told(shopBlueprint({ image: 'nginx:2' }))).not.toEqual([]);
    expect(fixture.store.revision).toBe(revision);
  });

  it('restarts just those that the update then replaces', async () => {
    const { applicationId, preview } = await deployShop();
    const text = shopBlueprint({ image: 'nginx:2' });
    const { changes } = await preview(text);
    const restarted = changes.flatMap(({ effect, entityId }) => (effect === 'restarted' ? [entityId] : [])).sort();
    const { rolloutId } = await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    const steps = fixture.store.view.get('rollout', rolloutId)?.steps.map(({ entityId }) => entityId);
    expect(restarted.length).toBeGreaterThan(0);
    expect(restarted).toEqual(steps?.toSorted());
  });

  it('tells what comes, where it would go, and what goes', async () => {
    const { preview, told } = await deployShop();
    const more = `${shopBlueprint()}\n- type: docker:redis:7\n  id: cache\n`;
    const { changes, placement } = await preview(more);
    expect(changes).toEqual([{ effect: 'added', entityId: null, name: 'cache', path: 'cache' }]);
    expect(placement).toEqual([expect.objectContaining({ name: 'cache', path: 'cache', hostId: expect.any(String) })]);
    expect(await told('name: Shop\nlocation: lab\nservices:\n- type: docker:redis:7\n  id: cache\n')).toContain('cache added');
  });
});
