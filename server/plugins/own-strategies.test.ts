import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decidePlacement } from '../domain/placement/decide-placement.ts';
import { resolveStrategies } from '../domain/placement/resolve-strategies.ts';
import { aCandidate, aRequest } from '../testing/placement.ts';
import { loadPlugins } from './registry.ts';

const RACKS = `
export default ({ z, refusing }) => ({
  id: 'rack',
  title: 'Rack',
  description: 'Takes hosts of one rack.',
  aliases: ['RackPlacementStrategy'],
  config: z.object({ rack: z.string('needs a rack') }),
  strategy: refusing((host, _request, { rack }) => {
    if (host.labels.rack === 'broken') throw new Error('no such rack');
    return host.labels.rack === rack ? null : \`is in rack \${host.labels.rack}\`;
  }),
});
`;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-plugins-'));
  await mkdir(path.join(folder, 'placement'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(path.join(folder, 'placement', name), text);

describe('strategies of one’s own', () => {
  it('are taken as those that ship, by name and alias, with their config checked', async () => {
    await write('rack.ts', RACKS);
    const { placement, adjunctTypes } = await loadPlugins(folder);
    expect(adjunctTypes.get('rack')?.kind).toBe('placement');
    const resolved = resolveStrategies([{ strategy: 'RackPlacementStrategy', config: { rack: 'b' } }], placement);
    const hosts = ['a', 'broken', 'b'].map((rack, order) => aCandidate({ order, labels: { rack } }));
    const outcome = decidePlacement(aRequest(), hosts, resolved.ok ? resolved.strategies : [], { sequence: 0, lastHostOrder: null });
    expect(outcome.hostId).toBe('host-2');
    expect(outcome.explanation.slice(0, 2).map(({ text }) => text)).toEqual(['host-0: is in rack a', 'host-1: fails: no such rack']);
    expect(resolveStrategies([{ strategy: 'rack', config: {} }], placement)).toMatchObject({ ok: false });
  });

  it.each([
    ['a file that cannot be read', 'export default (', 'cannot be loaded'],
    ['one without a default export', 'export const x = 1', 'no default export'],
    ['one that throws', 'export default () => { throw new Error("boom") }', 'it fails: boom'],
    ['one that makes something else', 'export default () => ({ id: "x" })', 'is no strategy: title'],
    ['a strategy that is not made with the kit', RACKS.replace('refusing(', '(() => ({ apply() {} }))('), 'refusing, scoring'],
    ['a name that is taken', RACKS.replace("'rack'", "'random'"), 'both claim the name “random”'],
  ])('are refused by name, with the reason: %s', async (_, text, reason) => {
    await write('mine.ts', text);
    const error: unknown = await loadPlugins(folder).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'internal', message: expect.stringContaining(reason), hint: expect.any(String) });
    expect(String((error as Error).message)).toContain('mine.ts');
  });

  it('need the folder that is named', async () => {
    await expect(loadPlugins(path.join(folder, 'none'))).rejects.toMatchObject({ message: expect.stringContaining('no such folder') });
  });
});
