import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { BlueprintPlanner } from '../../ports/blueprint-planner.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { createPlannerProcess } from './planner-process.ts';

const SHIPPED = new URL('../../planner-child.ts', import.meta.url);
const REDIS = { text: 'services:\n- type: docker:redis\n' };
let planner: BlueprintPlanner | undefined;
let folder: string | undefined;

afterEach(async () => {
  await planner?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
  planner = undefined;
  folder = undefined;
});

/** A planning process that loops for ever on `loop`, ends on `die`, and answers everything else. */
async function awkwardModule(): Promise<URL> {
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-planner-'));
  const file = path.join(folder, 'child.mjs');
  await writeFile(
    file,
    `process.on('message', ({ id, what, input }) => {
      if (input.text === 'loop') for (;;);
      if (input.text === 'die') process.exit(7);
      process.send({ id, what, result: { ok: false, diagnostics: [] } });
    });
    process.on('disconnect', () => process.exit(0));
    process.send('ready');`,
  );
  return pathToFileURL(file);
}

describe('createPlannerProcess', () => {
  it('plans what ships, one text after the other', async () => {
    planner = createPlannerProcess({ module: SHIPPED, log: quietLog(), catalog: () => [], limitMs: 60_000 });
    const results = await Promise.all([planner.plan(REDIS), planner.plan({ text: 'services: []' }), planner.plan(REDIS)]);
    expect(results.map((result) => result.ok)).toEqual([true, false, true]);
  });

  it('reads catalogs too', async () => {
    planner = createPlannerProcess({ module: SHIPPED, log: quietLog(), catalog: () => [], limitMs: 60_000 });
    const { items } = await planner.readCatalog({ text: 'brooklyn.catalog:\n  id: a\n  item: {type: docker:redis}\n' });
    expect(items.map((item) => item.symbolicName)).toEqual(['a']);
  });

  it('stops a text that takes too long, says so, and plans the next one', async () => {
    planner = createPlannerProcess({ module: await awkwardModule(), log: quietLog(), catalog: () => [], limitMs: 300 });
    const [slow, next] = await Promise.all([planner.plan({ text: 'loop' }), planner.plan(REDIS)]);
    expect(slow.diagnostics).toMatchObject([{ code: 'too-slow', severity: 'error', message: 'Reading it took longer than 0.3 s.' }]);
    expect(next.diagnostics).toEqual([]);
  });

  it('outlives a text that ends the process', async () => {
    planner = createPlannerProcess({ module: await awkwardModule(), log: quietLog(), catalog: () => [], limitMs: 60_000 });
    const [dead, next] = await Promise.all([planner.plan({ text: 'die' }), planner.plan(REDIS)]);
    expect(dead.diagnostics).toMatchObject([{ code: 'too-slow', message: 'Reading it ended the process (exit code 7).' }]);
    expect(next.diagnostics).toEqual([]);
  });

  it('refuses what waits when the process cannot be started', async () => {
    planner = createPlannerProcess({ module: new URL('file:///nowhere/child.ts'), log: quietLog(), catalog: () => [] });
    await expect(planner.plan(REDIS)).rejects.toMatchObject({ code: 'internal' });
  });

  it('refuses everything once it is closed', async () => {
    planner = createPlannerProcess({ module: await awkwardModule(), log: quietLog(), catalog: () => [], limitMs: 60_000 });
    const waiting = planner.plan({ text: 'loop' });
    const refused = expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await planner.close();
    await refused;
    await expect(planner.plan(REDIS)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
