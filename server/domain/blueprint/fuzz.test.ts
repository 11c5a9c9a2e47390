import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadPlugins } from '../../plugins/registry.ts';
import { type GoodInput, readGoodInputs } from '../../testing/good-inputs.ts';
import { mutate, mutation } from '../../testing/mutate.ts';
import { EMPTY_CATALOG } from '../catalog/catalog.ts';
import { createCatalog } from '../catalog/create-catalog.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import type { BlueprintInput } from './blueprint-input.ts';
import { convertBlueprint } from './convert-blueprint.ts';
import type { Diagnostic } from './diagnostic.ts';
import { planApplication } from './plan-application.ts';
import { readCsar } from './read-csar.ts';

const isFull = process.env.CLOCKER_TEST_FULL === '1';
/** Of the commit: each tries others, and a failure can be seen again. */
const seed = createHash('sha256')
  .update(process.env.CLOCKER_TEST_SEED || 'none')
  .digest()
  .readInt32BE();
const RUNS = isFull ? 50_000 : 400;
/** Microseconds of processor time, of which a text takes a hundredth. */
const MOST_CPU = 2_000_000;

const plugins = await loadPlugins();
const library = { ...plugins, catalog: EMPTY_CATALOG };
const good = await readGoodInputs();
/** Characters that do something to a terminal or page, or are not seen. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;

it(
  `any text or archive gets a plan or an error, at its place and in time (${RUNS} of seed ${seed})`,
  () => {
    const changes = fc.array(mutation, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), changes, (index, wanted) => {
        const source = good[index];
        if (source === undefined) return;
        const before = process.cpuUsage();
        read(source, mutate(source.bytes, wanted));
        const { user, system } = process.cpuUsage(before);
        expect(user + system).toBeLessThan(MOST_CPU);
      }),
      { seed, numRuns: RUNS },
    );
  },
  isFull ? 3_600_000 : 120_000,
);

function read(source: GoodInput, bytes: Uint8Array): void {
  if (source.kind === 'archive') {
    const archive = readCsar(bytes);
    if (archive.ok) readBlueprint(archive.input);
    else expectPlaced(archive.diagnostics, { text: '' });
    return;
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (source.kind === 'catalog') readAsCatalog(text);
  readBlueprint({ ...source.parts, text });
}

function readBlueprint(input: BlueprintInput): void {
  const result = planApplication(input, library);
  expect(result.ok || result.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  expectPlaced(result.diagnostics, input);
  convertBlueprint(input, 'camp', library);
  convertBlueprint(input, 'compose', library);
}

/** What it brings is used, too: a catalog that can be added must not spoil what names its types. */
function readAsCatalog(text: string): void {
  const { ok, items, diagnostics } = readCatalog({ text }, library);
  expect(ok || diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  expectPlaced(diagnostics, { text });
  if (!ok) return;
  const catalog = createCatalog(items);
  const user = items.slice(0, 5).map(({ symbolicName }) => `- type: ${JSON.stringify(symbolicName)}`);
  const input = { text: `services:\n${user.join('\n')}\n` };
  const result = planApplication(input, { ...plugins, catalog });
  for (const { message } of result.diagnostics) expect(message).not.toMatch(HIDDEN);
}

function expectPlaced(found: readonly Diagnostic[], input: BlueprintInput): void {
  for (const { file, line, column, endLine = line, endColumn = column, message, path } of found) {
    const lines = (file === undefined ? input.text : (input.files?.[file] ?? '')).split('\n');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(endLine).toBeLessThanOrEqual(lines.length);
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1);
    expect(endColumn).toBeLessThanOrEqual((lines[endLine - 1]?.length ?? -1) + 1);
    expect(endLine > line || (endLine === line && endColumn >= column)).toBe(true);
    if (!input.text.includes('undefined')) expect(message).not.toMatch(/\bundefined\b|\[object/);
    expect(message).not.toMatch(HIDDEN);
    expect(path.length).toBeLessThanOrEqual(1000);
  }
}
