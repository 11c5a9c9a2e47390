import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../testing/runs-of.ts';
import { yamlTexts } from '../../testing/yaml-edits/arbitrary-yaml.ts';
import { editText } from '../../testing/yaml-edits/edit-text.ts';
import type { EditOperation } from './edit-operation.ts';
import { openText } from './editable-text.ts';
import { performOperations } from './perform-operations.ts';
import { readGraph } from './read-graph.ts';

const lines = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at)).join('');

/** Each of these has ended or stopped a process that gave it to a YAML library. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['brackets without end', '['.repeat(3000)],
  ['brackets', '['.repeat(3000) + ']'.repeat(3000)],
  ['dashes', '- '.repeat(5000)],
  ['values deep in lines', lines(2000, (at) => `${' '.repeat(at)}a:\n`)],
  ['aliases of aliases', `a0: &a0 [x]\n${lines(40, (at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`)}`],
  ['a circle', 'a: &a [*a]\n'],
  ['an alias of nothing', 'a: *b\n'],
  ['keys in their thousands', lines(20_000, (at) => `k${at}: 1\n`)],
  ['merges without end', `a: &a {x: 1}\nb:\n  <<: [${'*a, '.repeat(50)}*a]\n`],
  ['tags', 'a: !!js/function 1\n'],
  ['control characters', 'a: \u0000\n'],
  ['three MiB', 'a: x\n'.repeat(700_000)],
  ['two documents', 'a: 1\n---\nb: 2\n'],
];

const paths = fc.array(
  fc.oneof(fc.constantFrom('services', 'a', '', '<<', '__proto__', 'name0'), fc.integer({ min: -2, max: 3 }), fc.constant(1.5)),
  { maxLength: 4 },
);
const operations: fc.Arbitrary<EditOperation> = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), path: paths, value: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<never> }),
  fc.record({ kind: fc.constant('insert' as const), into: paths, key: fc.string(), value: fc.constant(1), at: fc.double() }),
  fc.record({ kind: fc.constant('insert' as const), into: paths, value: fc.constant([]), at: fc.integer() }),
  fc.record({ kind: fc.constant('remove' as const), path: paths, whenEmpty: fc.constantFrom('keep' as const, 'remove' as const) }),
  fc.record({ kind: fc.constant('rename' as const), path: paths, key: fc.string() }),
  fc.record({ kind: fc.constant('move' as const), path: paths, into: paths, at: fc.integer() }),
  fc.record({ kind: fc.constant('copy' as const), path: paths, into: paths, key: fc.string() }),
);

/** Text that was YAML before something happened to it. */
const mangled = fc
  .tuple(yamlTexts({ anchors: true }), fc.nat(), fc.nat(60), fc.string({ unit: 'binary', maxLength: 5 }))
  .map(([text, at, length, written]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + written + text.slice(start + length);
  });

describe('a hostile text', { timeout: 600_000 }, () => {
  it.each(HOSTILE)('with %s is refused', (_, text) => {
    expect(editText(text, { kind: 'set', path: ['a'], value: 1 })).toBe('refused: not-yaml');
  });

  it('with ten thousand keys or items is edited like any other', () => {
    const keys = lines(9000, (at) => `k${at}: 1\n`);
    expect(editText(keys, { kind: 'set', path: ['k5000'], value: 2 })).toBe(keys.replace('k5000: 1', 'k5000: 2'));
    const items = `l:\n${lines(9000, (at) => `- ${at}\n`)}`;
    expect(editText(items, { kind: 'move', path: ['l', 0], into: ['l'] })).toBe(`${items.replace('- 0\n', '')}- 0\n`);
    expect(editText(items, { kind: 'set', path: ['l'], value: Array.from({ length: 9000 }, (_, at) => -at) })).toContain('- -8999\n');
  });

  it('is never thrown over, whatever is to be done with it', () => {
    fc.assert(
      fc.property(fc.oneof(mangled, fc.string({ unit: 'binary' })), operations, (text, operation) => {
        const opened = openText(text);
        if (!opened.ok) return;
        const result = performOperations(opened.source, 'edit', [operation]);
        if (result.ok) {
          expect(openText(result.source.text).ok).toBe(true);
          readGraph(result.source);
        }
      }),
      { numRuns: runsOf(1000) },
    );
  });
});
