import { describe, expect, it } from 'vitest';
import type { PlanResult } from '../../../domain/blueprint/application-plan.ts';
import type { Diagnostic } from '../../../domain/blueprint/diagnostic.ts';
import { planApplication } from '../../../domain/blueprint/plan-application.ts';
import { nodesOf, toSpecTree } from '../../../domain/blueprint/spec-tree.ts';
import { EMPTY_CATALOG } from '../../../domain/catalog/catalog.ts';
import { type ComposeFixture, readComposeFixtures } from '../../../testing/compose-fixtures.ts';
import { loadPlugins } from '../../registry.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
const fixtures = await readComposeFixtures();

const rootOf = (result: PlanResult) => (result.ok ? result.plan : result.partial)?.root;

function specAt(result: PlanResult, path: string) {
  const root = rootOf(result);
  return root && [...nodesOf(toSpecTree(root))].find(({ spec }) => spec.path === path)?.spec;
}

function valueIn(result: PlanResult, { entity, key }: ComposeFixture['plan'][number]): unknown {
  const spec = specAt(result, entity);
  expect(spec, `There is no entity ${entity}`).toBeDefined();
  if (key === 'name' || key === 'type' || key === 'dependsOn') return spec?.[key];
  return spec?.config[key];
}

function toLine({ severity, code, path, file }: Diagnostic): string {
  return `${severity} ${code} ${path}${file === undefined ? '' : `@${file}`}`.trim();
}

/** A finding of a circle may point at any of it. */
function sayAs(lines: readonly string[], expected: readonly string[]): readonly string[] {
  return lines.map((line) => {
    const path = line.split(' ')[2] ?? '';
    return (
      expected.find(
        (one) =>
          one.includes('|') &&
          one.startsWith(line.slice(0, -path.length)) &&
          one
            .slice(line.length - path.length)
            .split('|')
            .includes(path),
      ) ?? line
    );
  });
}

describe.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('the Compose file %s', (_, fixture) => {
  const result = planApplication(fixture.input, library);

  it('has these findings and no other', () => {
    const lines = sayAs(result.diagnostics.map(toLine), fixture.findings);
    expect([...lines].sort()).toEqual([...fixture.findings].sort());
  });

  it('tells a place for each finding', () => {
    for (const { file, line, endLine = line } of result.diagnostics) {
      const text = file === undefined ? fixture.input.text : fixture.input.files?.[file];
      expect(text, file).toBeDefined();
      expect(endLine).toBeLessThanOrEqual((text ?? '').split('\n').length);
    }
  });

  if (fixture.plan.length + fixture.absent.length === 0) return;
  it.each(fixture.plan.map((line) => [line.entity, line.key, line] as const))('gives %s its %s', (_entity, _key, line) => {
    expect(valueIn(result, line)).toEqual(line.value);
  });

  it.each(fixture.absent)('has no entity %s', (path) => {
    expect(specAt(result, path)).toBeUndefined();
  });
});
