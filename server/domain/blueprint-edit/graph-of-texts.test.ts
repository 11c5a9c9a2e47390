import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../testing/runs-of.ts';
import { blueprints } from '../../testing/yaml-edits/arbitrary-blueprint.ts';
import { bare } from '../../testing/yaml-edits/graph-model.ts';
import { pickStep } from '../../testing/yaml-edits/pick-step.ts';
import type { BlueprintGraph } from './blueprint-graph.ts';
import { toBlueprintValue } from './blueprint-value.ts';
import { openText } from './editable-text.ts';
import { performChange } from './named-change.ts';
import { readGraph } from './read-graph.ts';
import { writeText } from './write-text.ts';
import type { EditValue } from './written-node.ts';

const PATIENCE = 600_000;

function open(text: string) {
  const opened = openText(text);
  if (!opened.ok) throw new Error(`${opened.message}\n${text}`);
  return opened.source;
}

const folders = [
  new URL('../../plugins/importers/compose/fixtures/', import.meta.url),
  new URL('../../../../shared/corpus/', import.meta.url),
  new URL('../../../blueprints/', import.meta.url),
];
const real = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ya?ml|bom)$/.test(file))
      .map((file) => readFileSync(new URL(file, folder), 'utf8')),
  )
  .filter((text) => openText(text).ok);

function graphOfValue(value: EditValue): BlueprintGraph {
  const text = writeText(value);
  const graph = text === null ? null : readGraph(open(text));
  if (graph === null) throw new Error('no blueprint');
  return graph;
}

describe('graph to text to graph', { timeout: PATIENCE }, () => {
  it('is the identity for any blueprint', () => {
    fc.assert(
      fc.property(blueprints, (value) => {
        const graph = graphOfValue(value as EditValue);
        expect(bare(graphOfValue(toBlueprintValue(graph)))).toEqual(bare(graph));
      }),
      { numRuns: runsOf(200) },
    );
  });

  it.skipIf(real.length === 0)('is the identity for real blueprints', () => {
    let drawn = 0;
    for (const text of real) {
      const graph = readGraph(open(text));
      if (graph === null) continue;
      drawn += 1;
      expect(bare(graphOfValue(toBlueprintValue(graph))), text).toEqual(bare(graph));
    }
    expect(drawn).toBeGreaterThan(real.length * 0.8);
  });
});

const numbers = fc.array(fc.nat(9999), { minLength: 8, maxLength: 20 });

describe('a change of a blueprint', { timeout: PATIENCE }, () => {
  it('is the same in the graph and in the text, however many follow each other', () => {
    fc.assert(
      fc.property(blueprints, fc.array(numbers, { minLength: 1, maxLength: 12 }), (value, steps) => {
        let source = open(writeText(value as EditValue) ?? '');
        for (const step of steps) {
          const graph = readGraph(source);
          if (graph === null) throw new Error('no blueprint');
          const { change, expected } = pickStep(graph, step);
          const result = performChange(source, change);
          if (!result.ok) throw new Error(`${result.message}\n${source.text}`);
          expect(bare(readGraph(result.source)), source.text).toEqual(bare(expected));
          source = result.source;
        }
      }),
      { numRuns: runsOf(100) },
    );
  });

  it.skipIf(real.length === 0)('is the same in the graph and in the text of real blueprints', () => {
    let changed = 0;
    for (const [index, text] of real.entries()) {
      const source = open(text);
      const graph = readGraph(source);
      if (graph === null || graph.format !== 'camp' || graph.nodes.length < 2 || source.links.uses.length > 0) continue;
      const { change, expected } = pickStep(
        graph,
        Array.from({ length: 12 }, (_, at) => index * 31 + at * at * 7),
      );
      const result = performChange(source, change);
      if (!result.ok) throw new Error(`${result.message}\n${text}`);
      expect(bare(readGraph(result.source)), text).toEqual(bare(expected));
      changed += 1;
    }
    expect(changed).toBeGreaterThan(50);
  });
});
