// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolate } from './interpolate.ts';

const VARIABLES: Readonly<Record<string, string>> = { A: 'a', EMPTY: '', WEIRD: '$A ${A} "\n' };
const put = (text: string) => interpolate(text, (name) => VARIABLES[name]);
const codes = (text: string) => put(text).problems.map(({ code }) => code);

describe('interpolate', () => {
  it.each([
    ['$A', 'a'],
    ['${A}', 'a'],
    ['x$A-y', 'xa-y'],
    ['$Ab', ''],
    ['${A}b', 'ab'],
    ['$$A', '$A'],
    ['$$$A', '$a'],
    ['$${A}', '${A}'],
    ['cost: 5$', 'cost: 5$'],
    ['$1 and $-', '$1 and $-'],
    ['${A:-b}', 'a'],
    ['${EMPTY:-b}', 'b'],
    ['${EMPTY-b}', ''],
    ['${NONE:-b}', 'b'],
    ['${NONE-b}', 'b'],
    ['${NONE-}', ''],
    ['${A:+b}', 'b'],
    ['${EMPTY:+b}', ''],
    ['${EMPTY+b}', 'b'],
    ['${NONE+b}', ''],
    ['${A:?needed}', 'a'],
    ['${EMPTY?needed}', ''],
    ['${NONE:-${A}}', 'a'],
    ['${NONE:-${ALSO:-${EMPTY:-deep}}}', 'deep'],
    ['${NONE:-$A/b}', 'a/b'],
    ['${NONE:-http://x:80/?a=b}', 'http://x:80/?a=b'],
    ['${NONE:-{}}', '{}'],
    ['${NONE:-a b}', 'a b'],
  ])('reads %s as “%s”', (text, value) => {
    expect(put(text).text).toBe(value);
  });

  it('does not read again what it puts in', () => {
    expect(put('${WEIRD}').text).toBe('$A ${A} "\n');
  });

  it('does not ask for what is in a default that is not needed', () => {
    expect(put('${A:-${NONE:?needed}}')).toEqual({ text: 'a', problems: [] });
  });

  it.each([
    ['$NONE', 'compose-variable-unset'],
    ['${NONE}', 'compose-variable-unset'],
    ['${NONE:?say why}', 'compose-variable-required'],
    ['${EMPTY:?say why}', 'compose-variable-required'],
    ['${NONE?say why}', 'compose-variable-required'],
    ['${', 'compose-variable-syntax'],
    ['${}', 'compose-variable-syntax'],
    ['${A', 'compose-variable-syntax'],
    ['${A/b/c}', 'compose-variable-syntax'],
    ['${1}', 'compose-variable-syntax'],
    ['${NONE:-${A}', 'compose-variable-syntax'],
  ])('says what is wrong with %s', (text, code) => {
    expect(codes(text)).toEqual([code]);
  });

  it('tells the message of a variable that is required, with variables in it', () => {
    expect(put('${NONE:?set it to $A}').problems[0]?.message).toBe('The variable “NONE” is needed: set it to a.');
  });

  it('tells where in the text a variable stands, and what would mend it', () => {
    expect(put('x: ${NONE}').problems[0]).toMatchObject({ start: 3, end: 10, replacement: '${NONE:-}' });
  });

  it('takes eight levels of defaults, and not more', () => {
    const nested = (levels: number) => `${'${NONE:-'.repeat(levels)}x${'}'.repeat(levels)}`;
    expect(put(nested(8))).toEqual({ text: 'x', problems: [] });
    expect(codes(nested(9))).toEqual(['compose-variable-limit']);
    expect(codes(nested(100))).toEqual(['compose-variable-limit']);
  });

  it('never throws, and leaves text without a dollar sign as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', ':', '-', '?', '+', 'A', 'b', ' ', '\n') }), (text) => {
        const { text: value } = put(text);
        if (!text.includes('$')) expect(value).toBe(text);
      }),
    );
  });
});
