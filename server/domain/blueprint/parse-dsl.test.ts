import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DslCall } from './config-value.ts';
import { formatDsl, parseDsl, parseDslKey } from './parse-dsl.ts';

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const { calls } = fc.letrec<{ calls: DslCall[]; argument: DslCall['args'][number] }>((tie) => ({
  calls: fc.array(fc.record({ name, args: fc.array(tie('argument'), { maxLength: 3 }) }), { minLength: 1, maxLength: 3 }),
  argument: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie('calls').map((nested) => ({ text: formatDsl(nested, false), calls: nested })),
  ),
}));

describe('parseDsl', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(calls, (written) => {
        const text = formatDsl(written);
        fc.pre(text.length <= 4096);
        expect(parseDsl(text)).toEqual({ ok: true, expression: { text, calls: written } });
      }),
      { numRuns: 500 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseDsl(`$brooklyn:${text}`).ok === 'boolean'));
  });

  it('reads nested calls with and without the prefix alike', () => {
    const bare = parseDsl('$brooklyn:formatString("%s", component("db").attributeWhenReady("url"))');
    expect(parseDsl('$brooklyn:formatString( "%s" , $brooklyn:component("db").attributeWhenReady("url") )')).toEqual(bare);
  });

  it('reads bare words as numbers, booleans, null and text', () => {
    const parsed = parseDsl('$brooklyn:f(1, -2.5, true, null, host.name, 007)');
    expect(parsed.ok && parsed.expression.calls[0]?.args).toEqual([1, -2.5, true, null, 'host.name', '007']);
  });

  it('reads Java’s escapes and refuses others', () => {
    const parsed = parseDsl('$brooklyn:literal("a\\"b\\\\c\\n\\u0041")');
    expect(parsed.ok && parsed.expression.calls[0]?.args[0]).toBe('a"b\\c\nA');
    expect(parseDsl('$brooklyn:literal("\\d")')).toMatchObject({ ok: false, code: 'dsl-syntax', offset: 19 });
  });

  it('refuses an index with the code for what is not evaluated', () => {
    expect(parseDsl('$brooklyn:config("a")[0]')).toMatchObject({ ok: false, code: 'dsl-unsupported' });
  });

  it('reads a chain that is a key', () => {
    expect(parseDslKey('$brooklyn:component("db").attributeWhenReady')).toEqual({
      ok: true,
      calls: [{ name: 'component', args: ['db'] }],
      open: 'attributeWhenReady',
    });
  });
});
