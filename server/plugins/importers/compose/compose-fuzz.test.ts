// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { BlueprintInput } from '../../../domain/blueprint/blueprint-input.ts';
import { convertBlueprint } from '../../../domain/blueprint/convert-blueprint.ts';
import { planApplication } from '../../../domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../../../domain/catalog/catalog.ts';
import { SERVICE_ATTRIBUTES } from '../../../domain/compose/service-attributes.ts';
import { readComposeFixtures } from '../../../testing/compose-fixtures.ts';
import { runsOf } from '../../../testing/runs-of.ts';
import { loadPlugins } from '../../registry.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
const fixtures = await readComposeFixtures();

const NAMES = [
  'web',
  'db',
  'default',
  'data',
  'x-own',
  'a.b',
  '',
  ' ',
  'source',
  'target',
  'test',
  'file',
  'service',
  'path',
  'external',
  'condition',
];
const TEXTS = [
  '',
  ' ',
  '80',
  '80:80',
  'a:b',
  './a',
  '../a',
  '/',
  '~',
  'a=b',
  '=',
  ':',
  '$A',
  '${A:-${B}}',
  '${',
  '1m',
  '-1',
  '1e9',
  '[',
  '!reset',
  'service:web',
  'true',
  'no',
  '$brooklyn:self()',
  '\u0000',
];

const scalar = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string({ maxLength: 8 }),
);
const name = fc.oneof(fc.constantFrom(...NAMES, ...SERVICE_ATTRIBUTES), fc.string({ maxLength: 5 }));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(name, tie('tree'), { maxKeys: 3 }),
  ),
}));
const service = fc.dictionary(fc.constantFrom(...SERVICE_ATTRIBUTES, 'image'), tree, { maxKeys: 6 });
const top = fc.record(
  {
    name: tree,
    include: tree,
    services: fc.dictionary(fc.constantFrom('web', 'db', 'a'), fc.oneof(service, tree), { minKeys: 1, maxKeys: 3 }),
    networks: fc.oneof(tree, fc.dictionary(name, tree, { maxKeys: 2 })),
    volumes: fc.oneof(tree, fc.dictionary(name, tree, { maxKeys: 2 })),
    configs: fc.dictionary(name, tree, { maxKeys: 2 }),
    secrets: fc.dictionary(name, tree, { maxKeys: 2 }),
  },
  { requiredKeys: ['services'] },
);

/** Reads it in each way there is; a finding is told within its text. */
function read(input: BlueprintInput): void {
  const { diagnostics } = planApplication(input, library);
  for (const { file, line, message } of diagnostics) {
    const text = file === undefined ? input.text : (input.files?.[file] ?? '');
    expect(line).toBeLessThanOrEqual(text.split('\n').length);
    expect(message).not.toMatch(/undefined|\[object/);
  }
  convertBlueprint(input, 'camp', library);
  convertBlueprint(input, 'compose', library);
}

describe('any Compose file', () => {
  it('of any values below any keys is read without an exception', () => {
    fc.assert(
      fc.property(top, (value) => {
        const text = stringify(value);
        read({ text, overlays: ['over.yaml'], files: { 'over.yaml': text, '.env': 'A=1\nB="' } });
      }),
      { numRuns: runsOf(300) },
    );
  });

  it('with any values in further files is read without an exception', () => {
    const main = 'include: [a.yaml]\nservices:\n  web:\n    extends: {file: b.yaml, service: web}\n    env_file: c.env\n';
    fc.assert(
      fc.property(top, top, fc.string(), (first, second, env) => {
        read({ text: main, files: { 'a.yaml': stringify(first), 'b.yaml': stringify(second), 'c.env': env } });
      }),
      { numRuns: runsOf(150) },
    );
  });

  it('with a few characters changed is read without an exception', () => {
    const mutation = fc.record({
      fixture: fc.constantFrom(...fixtures),
      at: fc.nat(),
      remove: fc.nat({ max: 4 }),
      insert: fc.constantFrom('', ' ', ':', '-', '\n', '{', '}', '[', '"', '$', '&a ', '*a', '!reset ', '\t', '?'),
    });
    fc.assert(
      fc.property(mutation, ({ fixture: { input }, at, remove, insert }) => {
        const from = at % (input.text.length + 1);
        read({ ...input, text: input.text.slice(0, from) + insert + input.text.slice(from + remove) });
      }),
      { numRuns: runsOf(400) },
    );
  });
});

describe('a large Compose file', () => {
  const each = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n');

  it.each([
    [
      'services that wait for each other in a chain',
      `services:\n${each(2000, (n) => `  s${n}: {image: a, depends_on: [s${n + 1}]}`)}\n  s2000: {image: a}`,
    ],
    ['services that extend one after the other', `services:\n  s0: {image: a}\n${each(500, (n) => `  s${n + 1}: {extends: s${n}}`)}`],
    [
      'services that all extend a large one',
      `services:\n  big:\n    image: a\n    environment:\n${each(2000, (n) => `      K${n}: v`)}\n${each(500, (n) => `  s${n}: {extends: big}`)}`,
    ],
    ['thousands of links', `services:\n  db: {image: a}\n${each(2000, (n) => `  s${n}: {image: a, links: ["db:alias${n}"]}`)}`],
    [
      'thousands of volumes from one service',
      `services:\n  a:\n    image: a\n    volumes:\n${each(300, (n) => `      - v:/d${n}`)}\n${each(300, (n) => `  s${n}: {image: a, volumes_from: [a]}`)}\nvolumes: {v: }`,
    ],
    ['a text with thousands of open variables', `services:\n  web: {image: a, command: "${'${A:-'.repeat(20_000)}"}`],
    ['thousands of unknown keys', `services:\n  web:\n    image: a\n${each(5000, (n) => `    envrionment${n}: x`)}`],
  ])('with %s is read to its end', (_, text) => {
    expect(planApplication({ text }, library).diagnostics.length).toBeLessThanOrEqual(201);
  });

  it('whose services extend each other into too many values is refused', () => {
    const text = `services:\n  big:\n    image: a\n    environment:\n${each(2000, (n) => `      K${n}: v`)}\n${each(500, (n) => `  s${n}: {extends: big}`)}`;
    expect(planApplication({ text }, library).diagnostics.map(({ code }) => code)).toContain('too-large');
  });
});
