import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toChoices } from '../../testing/yaml-edits/arbitrary-yaml.ts';
import { addToGraph, bare, countIn, removeFromGraph, reorderInGraph, setInGraph } from '../../testing/yaml-edits/graph-model.ts';
import type { BlueprintGraph } from './blueprint-graph.ts';
import { toBlueprintValue } from './blueprint-value.ts';
import { setConfig } from './change-field.ts';
import { addNode, moveNode, removeNode } from './change-node.ts';
import { openText } from './editable-text.ts';
import { type NamedChange, performChange } from './named-change.ts';
import { readGraph } from './read-graph.ts';
import type { Refusal } from './refusal.ts';
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

const values: fc.Arbitrary<EditValue> = fc.oneof(
  fc.constantFrom<EditValue>(
    '64m',
    'no',
    'two\nlines\n',
    5,
    true,
    null,
    '$brooklyn:component("a").config("x")',
    '$brooklyn:parent().attributeWhenReady("y")',
  ),
  fc.constant<EditValue>({ '$brooklyn:component("b").attributeWhenReady': 'main.uri' }),
  fc.array(fc.constantFrom<EditValue>('dmz', 'x', 1), { minLength: 1, maxLength: 3 }),
);
const config = fc.dictionary(fc.constantFrom('memory', 'network.list', 'networkId', 'env'), values, { minKeys: 1, maxKeys: 3 });

/** Blueprints as values, with all kinds of nodes in them. */
const { entity } = fc.letrec<{ entity: { [key: string]: EditValue } }>((tie) => {
  const adjuncts = fc.array(fc.record({ type: fc.constantFrom('p', 'q'), 'brooklyn.config': config }, { requiredKeys: ['type'] }), {
    minLength: 1,
    maxLength: 2,
  });
  const children = fc.array(tie('entity'), { minLength: 1, maxLength: 2, depthIdentifier: 'entity' });
  return {
    entity: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'entity' },
      fc.record({ type: fc.constantFrom('docker:nginx', 'mariadb') }),
      fc.record(
        {
          type: fc.constantFrom('docker:nginx', 'cluster'),
          id: fc.constantFrom('a', 'b', 'c'),
          name: fc.constantFrom('One', 'Two: three'),
          'brooklyn.config': config,
          'brooklyn.flags': config,
          env: values,
          'brooklyn.children': children,
          'brooklyn.policies': adjuncts,
          'brooklyn.enrichers': adjuncts,
          memberSpec: tie('entity').map((spec): EditValue => ({ '$brooklyn:entitySpec': spec })),
        },
        { requiredKeys: ['type'] },
      ),
    ),
  };
});
const blueprints = fc.record(
  {
    name: fc.constant('x'),
    location: fc.constantFrom('lab', 'localhost'),
    'brooklyn.config': config,
    services: fc.array(entity, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['services'] },
);

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
      { numRuns: 200 },
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

interface Step {
  readonly change: NamedChange | Refusal;
  readonly expected: BlueprintGraph;
}

/** A change of the text and the same of the graph, chosen by numbers. */
function pickStep(graph: BlueprintGraph, numbers: readonly number[]): Step {
  const choices = toChoices(numbers);
  const listed = graph.nodes.filter(({ path }) => typeof path.at(-1) === 'number');
  const entities = graph.nodes.filter(({ role }) => ['service', 'child', 'member'].includes(role));
  const node = listed[choices.below(listed.length)];
  const kind = choices.below(4);
  if (node === undefined || kind === 0 || entities.length === 0) {
    const owner = entities[choices.below(Math.max(1, entities.length))];
    const role = owner === undefined ? 'service' : ((['child', 'policy', 'enricher', 'service'] as const)[choices.below(4)] ?? 'service');
    const parent = role === 'service' ? [] : (owner?.path ?? []);
    const added = { role, parent, at: choices.below(3), spec: { type: 'docker:redis', id: 'c', note: '$brooklyn:component("a")' } };
    return { change: addNode(graph, added), expected: addToGraph(graph, added) };
  }
  if (kind === 1) return { change: removeNode(graph, node.path), expected: removeFromGraph(graph, node.path) };
  if (kind === 2) {
    const parent = node.parent ?? [];
    const at = choices.below(countIn(graph, node.role, parent));
    return { change: moveNode(graph, node.path, { role: node.role, parent, at }), expected: reorderInGraph(graph, node.path, at) };
  }
  const owner = entities[choices.below(entities.length)] ?? node;
  const value = choices.chance(50) ? '$brooklyn:component("b").attributeWhenReady("s")' : choices.below(100);
  return { change: setConfig(graph, owner.path, 'memory', value), expected: setInGraph(graph, owner.path, 'memory', value) };
}

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
      { numRuns: 100 },
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
