import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createFindings } from './findings.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { readWithLibrary } from './read-yaml.ts';
import type { SourceNode } from './source-node.ts';

const CORPUS = path.resolve(import.meta.dirname, '../../../../shared/corpus');
const SHIPPED = path.resolve(import.meta.dirname, '../../../blueprints');

/** Both readings of a text, or null where the plain reader leaves it to the library. */
function readBoth(text: string) {
  const mine = createFindings({ text });
  const node = readPlainYaml(text, mine);
  if (node === null) return null;
  const theirs = createFindings({ text });
  const expected = readWithLibrary(text, theirs, []);
  return { node: shown(node, text), expected: expected && shown(expected, text), mine: mine.list(), theirs: theirs.list() };
}

/** Nothing has no place of its own: the library puts it behind blanks or before them. */
function shown(node: SourceNode, text: string): unknown {
  const range =
    node.range.start === node.range.end ? 'empty' : [node.range.start, node.range.end, text.slice(node.range.start, node.range.end)];
  if (node.kind === 'list')
    return { list: node.items.map((item) => shown(item, text)), range: endless(node, range), values: node.values, depth: node.depth };
  if (node.kind === 'map') {
    const entries = [...node.entries.values()].map((entry) => ({
      key: entry.key,
      at: [entry.range.start, entry.range.end],
      value: shown(entry.value, text),
    }));
    return { map: entries, range: endless(node, range), values: node.values, depth: node.depth };
  }
  return { value: node.value, plain: node.plain, source: node.source, range };
}

/** Where the last value is nothing, its place is the end. */
function endless(node: SourceNode, range: unknown): unknown {
  return lastIsNothing(node) ? [node.range.start] : range;
}

function lastIsNothing(node: SourceNode): boolean {
  const last = node.kind === 'list' ? node.items.at(-1) : node.kind === 'map' ? [...node.entries.values()].at(-1)?.value : undefined;
  if (last === undefined) return node.range.start === node.range.end;
  return lastIsNothing(last);
}

function expectSame(text: string): void {
  const both = readBoth(text);
  if (both === null) return;
  expect(both.node).toEqual(both.expected);
  expect(both.mine).toEqual(both.theirs);
}

const isRead = (text: string) => readPlainYaml(text, createFindings({ text })) !== null;

describe('readPlainYaml', () => {
  const files = [SHIPPED, ...(existsSync(CORPUS) ? [CORPUS] : [])].flatMap((folder) =>
    globSync('**/*.{yaml,yml,bom}', { cwd: folder }).map((file) => path.join(folder, file)),
  );

  it.each(files.map((file) => [path.relative(CORPUS, file), file] as const))('reads %s as the library does', (_, file) => {
    expectSame(readFileSync(file, 'utf8'));
  });

  it.each([
    ['lists at the column of their key', 'a:\n- 1\n- b: 2\n  c: 3\nd:\n  - - x\n    - y\n  -\n    z: 1\n'],
    ['nothing', 'a:\nb: # comment\nc:\n- \n-\n- x\n'],
    ['quoted texts', `a: "x\\u0041 \\" y"\nb: 'it''s'\n"c d": 1 # e\n'f': "two\n  lines"\n`],
    ['block texts', 'a: |\n  one\n\n   two\n  # no comment\nb: >-\n  fold\n  ed\n\n  more\nc: |-\n    deep\n# end\n'],
    ['plain texts over lines', 'a: one\n  two\n\n  three # comment\nb: - no list\n'],
    ['flow values', 'a: [1, "b", [c], {d: e, "f g": 0.5}, ]\nb: {}\nc: [ ]\nd: [x y, -1,\n  z]\n'],
    [
      'numbers and words',
      'a: 1\nb: -0.5\nc: 1e3\nd: yes\ne: 0x1F\nf: 22:22\ng: ~\nh: .inf\ni: 12345678901234567890\nj: 010\nk: +5\nl: True\nm: null x\n',
    ],
    ['hashes and colons in texts', 'a: http://x:80/#y\nb: c#d\ne: f:g\n#h: i\nj: k #l: m\n'],
    ['CRLF', 'a: |\r\n  b\r\n  c\r\nd: e f\r\n  g\r\nh:\r\n- i\r\n'],
    ['a marker at the beginning', '# c\n---\na: 1\n'],
    ['no newline at the end', 'a:\n- b: |\n    c'],
  ])('reads %s, as the library does', (_, text) => {
    expect(isRead(text) || /- no list/.test(text)).toBe(true);
    expectSame(text);
  });

  it.each([
    ['anchors', 'a: &x 1\nb: *x\n'],
    ['merge keys', 'a: 1\n<<: {b: 2}\n'],
    ['repeated keys', 'a: 1\na: 2\n'],
    ['tags', 'a: !!str 1\n'],
    ['explicit keys', '? a\n: 1\n'],
    ['tabs', 'a:\t1\n'],
    ['further documents', 'a: 1\n---\nb: 2\n'],
    ['reserved keys', '__proto__: 1\n'],
    ['white space of Unicode at the end of a text', 'a: b\u00a0\n'],
    ['a text of white space of Unicode', '- \u3000\n'],
    ['a key within a value', 'a: b: c\n'],
    ['a value that is indented less than its key', 'a:\n    b: 1\n  c: 2\n'],
    ['an open quote', 'a: "b\n'],
    ['an open bracket', 'a: [b\n'],
    ['text behind a value', 'a: "b" c\n'],
    ['a scalar alone', 'abc\n'],
    ['too much depth', `${Array.from({ length: 70 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')}\n`],
  ])('leaves %s to the library', (_, text) => {
    expect(isRead(text)).toBe(false);
  });

  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(
        fc.string(),
        fc.string({ unit: fc.constantFrom('a', ' ', ':', '#', '-', '\n', '"', "'", ',', '[', '}', '0', '.') }),
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
      ),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), tie('node'), { maxKeys: 4 }),
    ),
  })).node;

  it('reads what any value is written as, as the library does', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), value),
        fc.boolean(),
        fc.boolean(),
        (object, indentSeq, flow) => {
          expectSame(stringify(object, { indentSeq, collectionStyle: flow ? 'flow' : 'any' }));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reads texts that were changed at random as the library does, or leaves them', () => {
    const texts = files.map((file) => readFileSync(file, 'utf8')).filter((text) => text.length < 4000);
    const change = fc.record({
      at: fc.nat(4000),
      remove: fc.nat(3),
      insert: fc.constantFrom('', ' ', '\n', ':', '- ', '#', '"', "'", '[', '}', ',', '|', '  ', 'x: y\n', '\r\n', '>', '&a ', '?'),
    });
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 }), (text, changes) => {
        let changed = text;
        for (const { at, remove, insert } of changes) {
          const place = at % (changed.length + 1);
          changed = changed.slice(0, place) + insert + changed.slice(place + remove);
        }
        expectSame(changed);
      }),
      { numRuns: 400 },
    );
  });
});
