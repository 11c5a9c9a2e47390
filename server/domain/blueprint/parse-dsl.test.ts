import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DslCall } from './config-value.ts';
import { type DslTree, toExpression } from './dsl-tree.ts';
import { parseDsl, parseDslKey } from './parse-dsl.ts';
import { showDsl } from './write-dsl.ts';

const name = fc.stringMatching(/^(?:function\.)?[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((text) => text !== 'function');
const { calls } = fc.letrec<{ calls: DslCall[]; argument: DslCall['args'][number] }>((tie) => ({
  calls: fc
    .tuple(
      fc.record({ name, args: fc.array(tie('argument'), { maxLength: 3 }) }),
      fc.array(
        fc.oneof(
          fc.record({ name, args: fc.array(tie('argument'), { maxLength: 3 }) }),
          fc.record({ name: fc.constant('[]'), args: fc.tuple(tie('argument')) }),
        ),
        { maxLength: 2 },
      ),
    )
    .map(([first, rest]): DslCall[] => [first, ...rest]),
  argument: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary', maxLength: 20 }),
    tie('calls').map((nested) => ({ $dsl: { text: showDsl(nested, false), calls: nested } })),
  ),
}));

function treeOf(text: string): DslTree {
  const parsed = parseDsl(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.tree;
}

function callsOf(text: string): readonly DslCall[] {
  return toExpression(treeOf(text).calls).calls;
}

/** The text of each call and argument, in the order of reading. */
function piecesOf(text: string): readonly string[] {
  const cut = ({ start, end }: { readonly start: number; readonly end: number }) => text.slice(start, end);
  return treeOf(text).calls.flatMap((call) => [cut(call.nameRange), cut(call.range), ...call.args.map((argument) => cut(argument.range))]);
}

describe('parseDsl', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(calls, (written) => {
        const text = showDsl(written);
        fc.pre(text.length <= 4096);
        expect(toExpression(treeOf(text).calls)).toEqual({ text, calls: written });
      }),
      { numRuns: 500 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseDsl(`$brooklyn:${text}`).ok === 'boolean'));
    const token = fc.constantFrom('a', '.', '(', ')', '[', ']', '"', '\\', ',', ' ', '$brooklyn:', 'function.', '0', '\n');
    fc.assert(fc.property(fc.array(token, { maxLength: 60 }), (parts) => typeof parseDsl(`$brooklyn:${parts.join('')}`).ok === 'boolean'));
  });

  it('reads nested calls with and without the prefix alike', () => {
    const bare = callsOf('$brooklyn:formatString("%s", component("db").attributeWhenReady("url"))');
    expect(callsOf('$brooklyn:formatString( "%s" , $brooklyn:component("db").attributeWhenReady("url") )')).toEqual(bare);
  });

  it('reads bare words as texts, numbers among them, as Brooklyn does', () => {
    expect(callsOf('$brooklyn:f(1, -2.5, true, null, host.name, 007, 1.10)')[0]?.args).toEqual([
      '1',
      '-2.5',
      'true',
      'null',
      'host.name',
      '007',
      '1.10',
    ]);
  });

  it('reads Java’s escapes and refuses others', () => {
    expect(callsOf('$brooklyn:literal("a\\"b\\\\c\\n\\u0041")')[0]?.args[0]).toBe('a"b\\c\nA');
    expect(parseDsl('$brooklyn:literal("\\d")')).toMatchObject({ ok: false, code: 'dsl-syntax', offset: 19 });
  });

  it('keeps the backslash that blueprints put before an ampersand', () => {
    expect(callsOf('$brooklyn:formatString("jdbc:%s?user=%s\\\\&password=%s", a, b, c)')[0]?.args[0]).toBe('jdbc:%s?user=%s\\&password=%s');
  });

  it('reads an index and a property after a call', () => {
    const item = { name: '[]', args: ['0'] };
    expect(callsOf('$brooklyn:config("a")[0]["b c"].d')).toEqual([
      { name: 'config', args: ['a'] },
      item,
      { name: '[]', args: ['b c'] },
      { name: '[]', args: ['d'] },
    ]);
    expect(callsOf('$brooklyn:self().config("a")[0].attributeWhenReady("b")')[2]).toEqual(item);
  });

  it('allows space and lines anywhere between the parts, and at the end', () => {
    expect(callsOf('$brooklyn:component("db").\n  attributeWhenReady( "url" )\n')).toEqual(
      callsOf('$brooklyn:component("db").attributeWhenReady("url")'),
    );
  });

  it('knows where each part stands', () => {
    expect(piecesOf('$brooklyn:component( "a\\"b" ) .attributeWhenReady(url)[ 0 ]')).toEqual([
      'component',
      'component( "a\\"b" )',
      '"a\\"b"',
      'attributeWhenReady',
      'attributeWhenReady(url)',
      'url',
      '[ 0 ]',
      '[ 0 ]',
      '0',
    ]);
  });

  it.each([
    ['$brooklyn:component("db"', 24],
    ['$brooklyn:component("db)', 20],
    ['$brooklyn:component("db"))', 25],
    ['$brooklyn:component("db") x', 26],
    ['$brooklyn:component("db" "x")', 25],
    ['$brooklyn:component(,)', 20],
    ['$brooklyn:component', 19],
    ['$brooklyn:', 10],
    ['$brooklyn:config("a")[0', 23],
    ['$brooklyn:config("a").', 22],
  ])('refuses %s with a caret where reading stopped', (text, offset) => {
    expect(parseDsl(text)).toMatchObject({ ok: false, code: 'dsl-syntax', offset, message: expect.stringContaining('▲') });
  });

  it('refuses more than 4 KB, and more than 32 levels', () => {
    expect(parseDsl(`$brooklyn:literal("${'x'.repeat(4096)}")`)).toMatchObject({ ok: false, code: 'dsl-limit' });
    expect(parseDsl(`$brooklyn:${'f('.repeat(200)}x${')'.repeat(200)}`)).toMatchObject({ ok: false, code: 'dsl-limit' });
    expect(parseDsl(`$brooklyn:${'f('.repeat(31)}f()${')'.repeat(31)}`)).toMatchObject({ ok: true });
  });
});

describe('parseDslKey', () => {
  it('reads a function whose arguments follow', () => {
    expect(parseDslKey('$brooklyn:formatString')).toMatchObject({ ok: true, tree: { calls: [] }, open: { name: 'formatString' } });
  });

  it('reads a chain whose last arguments follow', () => {
    expect(parseDslKey('$brooklyn:component("db").attributeWhenReady')).toMatchObject({
      ok: true,
      tree: { calls: [{ name: 'component' }] },
      open: { name: 'attributeWhenReady', nameRange: { start: 26, end: 44 } },
    });
  });

  it('reads a whole expression', () => {
    expect(parseDslKey('$brooklyn:sensor("url")')).toMatchObject({ ok: true, open: null });
    expect(parseDslKey('$brooklyn:sensor("url"')).toMatchObject({ ok: false });
  });
});
