import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPlanner } from '../../testing/blueprint-types.ts';
import { printPlan } from '../../testing/print-plan.ts';
import { inOneOrder, readExpectedPlan } from '../../testing/read-expected-plan.ts';
import type { PlanResult } from './application-plan.ts';

/*
 * Every example that Clocker 0.8 shipped, and every blueprint of its talk, is understood as it was meant. What it means stands in
 * corpus-trees, worked out by hand from the YAML and from how Clocker and Brooklyn read it: never copied from what the planner gives.
 */

const plan = await createPlanner();
const corpus = new URL('../../../../shared/corpus/', import.meta.url);
const trees = new URL('corpus-trees/', import.meta.url);
const expected = readdirSync(trees).map((file) => readExpectedPlan(readFileSync(new URL(file, trees), 'utf8')));
const cases = expected.flatMap(({ of, below, tree }) => of.map((file) => [file, { below, tree }] as const));

const FOLDERS = ['clocker-v0.8.0/examples', 'clocker-v0.8.2/examples', 'talk'];
const files = (existsSync(corpus) ? FOLDERS : []).flatMap((folder) =>
  readdirSync(new URL(folder, corpus), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `${folder}/${file}`),
);

function read(file: string): string {
  return readFileSync(new URL(file, corpus), 'utf8');
}

/** What is told besides what is not acted on: `! code path`. */
function findings({ diagnostics }: PlanResult): readonly string[] {
  const others = diagnostics.filter(({ code }) => !['type-planned', 'type-unverified', 'key-planned', 'key-not-honoured'].includes(code));
  return others.map(({ code, path }) => `! ${code} ${path}`);
}

describe.skipIf(!existsSync(corpus))('blueprints of Clocker 0.8 and of its talk (skipped where ../shared/corpus is not there)', () => {
  it('are each expected once', () => {
    expect(files).toHaveLength(43);
    expect(cases.map(([file]) => file).sort()).toEqual(files.toSorted());
  });

  it.each(cases)('%s plans as it was meant', (file, { below, tree }) => {
    const text = below === '' ? read(file) : `${below}\n${read(file).replace(/^/gm, '    ')}`;
    // One asks for a folder of its host.
    const result = plan(text, { hostAccess: true });
    const printed = result.ok ? printPlan(result.plan) : 'no plan';
    expect(inOneOrder([printed, ...findings(result)].join('\n'))).toBe(tree);
  });

  it('a part of a blueprint by itself is told where it belongs', () => {
    const { ok, diagnostics } = plan(read('talk/slide-29.yaml'));
    expect([ok, diagnostics]).toMatchObject([
      false,
      [{ code: 'blueprint-fragment', hint: expect.stringContaining('docker-infrastructure') }],
    ]);
  });
});
