import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPlanner } from '../../testing/blueprint-types.ts';

const plan = await createPlanner();
const shipped = new URL('../../../blueprints/', import.meta.url);
const talk = new URL('../../../../shared/corpus/talk/', import.meta.url);
const yamlIn = (folder: URL) => (existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.yaml')) : []);

describe('blueprints that ship', () => {
  it.each(yamlIn(shipped))('%s has no finding at all', (file) => {
    expect(plan(readFileSync(new URL(file, shipped), 'utf8'))).toMatchObject({ ok: true, diagnostics: [] });
  });
});

/** Errors of each blueprint of the talk: its types that are not there are told, nothing crashes, nothing is silent. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'slide-18.yaml': [],
  'slide-22.yaml': [],
  'slide-23.yaml': [],
  'slide-24.yaml': [],
  'slide-29.yaml': ['blueprint-fragment'],
};

describe.skipIf(!existsSync(talk))('blueprints of the talk', () => {
  it.each(yamlIn(talk))('%s is understood or told what is not', (file) => {
    const result = plan(readFileSync(new URL(file, talk), 'utf8'));
    expect(result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(EXPECTED[file]);
    expect(result.ok || result.diagnostics.length > 0).toBe(true);
  });
});
