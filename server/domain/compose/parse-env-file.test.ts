// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFindings } from '../blueprint/findings.ts';
import { parseEnvFile } from './parse-env-file.ts';

function parse(text: string, format: 'compose' | 'raw' = 'compose') {
  const findings = createFindings({ text: '', files: { '.env': text } });
  const variable = (name: string) => (name === 'OTHER' ? 'other' : undefined);
  const pairs = parseEnvFile(text, { file: '.env', format, findings, variable });
  return { values: Object.fromEntries(pairs.map(({ key, value }) => [key, value])), diagnostics: findings.list(), pairs };
}

const valueOfVar = (line: string) => parse(line).values.VAR;

describe('an environment file', () => {
  it.each([
    ['VAR=VAL', 'VAL'],
    ['VAR="VAL"', 'VAL'],
    ["VAR='VAL'", 'VAL'],
    ['VAR=VAL # comment', 'VAL'],
    ['VAR=VAL# not a comment', 'VAL# not a comment'],
    ['VAR="VAL # not a comment"', 'VAL # not a comment'],
    ['VAR="VAL" # comment', 'VAL'],
    ["VAR='$OTHER'", '$OTHER'],
    ["VAR='${OTHER}'", '${OTHER}'],
    ['VAR=$OTHER', 'other'],
    ['VAR="${OTHER}s"', 'others'],
    ['VAR=${NONE:-default}', 'default'],
    ["VAR='Let\\'s go!'", "Let's go!"],
    ['VAR="{\\"hello\\": \\"json\\"}"', '{"hello": "json"}'],
    ['VAR="some\\tvalue"', 'some\tvalue'],
    ["VAR='some\\tvalue'", 'some\\tvalue'],
    ['VAR=some\\tvalue', 'some\\tvalue'],
    ['VAR="price: \\$5"', 'price: $5'],
    ['VAR="two\nlines"', 'two\nlines'],
    ['VAR=', ''],
    ['VAR', null],
    ['export VAR=VAL', 'VAL'],
    ['  VAR = VAL  ', 'VAL'],
    ['VAR=VAL\r\n', 'VAL'],
    ['VAR=first\nVAR=second', 'second'],
    ['VAR=a=b', 'a=b'],
  ])('with %s gives %j', (line, value) => {
    expect(valueOfVar(line)).toBe(value);
  });

  it('skips comments, blank lines and a byte order mark', () => {
    expect(parse('\ufeff# comment\n\n   \nA=1\n  # more\nB=2').values).toEqual({ A: '1', B: '2' });
  });

  it('refers to variables that it set before', () => {
    expect(parse('A=1\nB=${A}2').values).toEqual({ A: '1', B: '12' });
  });

  it('taken raw keeps quotes, comments and dollar signs', () => {
    expect(parse('A="x" # $OTHER', 'raw').values).toEqual({ A: '"x" # $OTHER' });
  });

  it.each([
    ['a line that is no variable', 'A=1\n=2', 'compose-file-format', 2],
    ['a name with spaces', 'some name=x', 'compose-file-format', 1],
    ['an open quote', 'A="x\nB=1', 'compose-file-format', 1],
    ['a variable that has no value', '\nA=$NONE', 'compose-variable-unset', 2],
  ])('with %s is told where', (_, text, code, line) => {
    expect(parse(text).diagnostics).toMatchObject([{ code, file: '.env', line }]);
  });

  it('tells where each value stands', () => {
    const [, second] = parse('A=1\nB="two"').pairs;
    expect(second).toMatchObject({ keyRange: { start: 4, end: 5, file: '.env' }, range: { start: 6, end: 11 } });
  });

  it('is read to its end, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('A', '=', '"', "'", '\\', '$', '{', '}', '#', ' ', '\n', '\r', 'é') }),
        (text) => void parse(text),
      ),
    );
  });
});
