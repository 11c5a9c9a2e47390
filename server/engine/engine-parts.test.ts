// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import { checkWorld } from '../testing/check-world.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { restoreGeneration, updateApplication } from './commands/update-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const TEXT = 'services:\n  web:\n    image: web:${TAG}\n    env_file: web.env\n  db:\n    image: db:1\n';
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const envOf = (image: string) =>
  fixture.machines.flatMap((machine) => machine.running()).find((one) => one.request.spec.image === image)?.request.spec.env;

describe('a Compose application of several files', () => {
  it('is deployed, updated and restored with its files and variables', async () => {
    fixture = await openEngineFixture();
    const parts = { file: 'shop/compose.yaml', files: { 'web.env': 'MODE=one\n' }, variables: { TAG: '1' } };
    const { applicationId } = await deployApplication(fixture.engine.context, USER, { text: TEXT, parts, location: CLOUD });
    await fixture.pass(5_000);
    expect(envOf('web:1')).toEqual({ MODE: 'one' });
    expect(fixture.store.view.get('generation', `${applicationId}:1`)?.parts).toEqual(parts);

    const changed = { ...parts, files: { 'web.env': 'MODE=two\n' }, variables: { TAG: '2' } };
    await updateApplication(fixture.engine.context, USER, { applicationId, text: TEXT, parts: changed, expectedGeneration: 1 });
    await fixture.pass(30_000);
    expect(envOf('web:2')).toEqual({ MODE: 'two' });

    await restoreGeneration(fixture.engine.context, USER, { applicationId, generation: 1 });
    await fixture.pass(30_000);
    expect(envOf('web:1')).toEqual({ MODE: 'one' });
    expect(fixture.store.view.get('generation', `${applicationId}:3`)?.parts).toEqual(parts);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('puts its services on one network, where they find each other by name', async () => {
    fixture = await openEngineFixture();
    await deployApplication(fixture.engine.context, USER, {
      text: TEXT,
      parts: { files: { 'web.env': '' }, variables: { TAG: '1' } },
      location: CLOUD,
    });
    await fixture.pass(5_000);
    const running = fixture.machines.flatMap((machine) => machine.running());
    expect(new Set(running.flatMap((one) => Object.values(one.request.networkNames))).size).toBe(1);
    expect(running.map((one) => one.request.spec.networks?.[0]?.aliases[0]).sort()).toEqual(['db', 'web']);
    expect(fixture.machines.filter((machine) => machine.running().length > 0)).toHaveLength(1);
  });
});
