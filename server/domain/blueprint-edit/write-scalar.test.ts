import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runsOf } from '../../testing/runs-of.ts';
import { writeKey, writeScalar } from './write-scalar.ts';

const block = { flow: false, json: false, quote: 'double' } as const;
const flow = { ...block, flow: true } as const;
const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'-?:,[]{}#&*!|>\'"%@`=~ .0123456789eExXoOabnyNYTZ+_\n\t\u0085\u2028\ufeff') }),
  fc.stringMatching(/^[-+]?[0-9_]{0,3}[.:eE]?[-+]?[0-9_:.]{0,6}$/),
  fc.constantFrom(
    'yes',
    'No',
    'ON',
    'off',
    'y',
    'N',
    'true',
    'Null',
    '~',
    '<<',
    '=',
    '0x1F',
    '0o17',
    '0b11',
    '.inf',
    '-.INF',
    '.NaN',
    '2001-01-01',
    '1:30',
    '1e3',
  ),
);

describe('a text written in YAML', () => {
  it.each([
    ['docker:nginx:1.22', 'docker:nginx:1.22'],
    ['$brooklyn:component("db").config("x")', '$brooklyn:component("db").config("x")'],
    ['10.0.0.1', '10.0.0.1'],
    ['8000-9000', '8000-9000'],
    ['--appendonly', '--appendonly'],
    ['no', '"no"'],
    ['22:22', '"22:22"'],
    ['010', '"010"'],
    ['1e3', '"1e3"'],
    ['1.10', '"1.10"'],
    ['2001-01-01', '"2001-01-01"'],
    ['', '""'],
    [' led by a space', '" led by a space"'],
    ['a: b', '"a: b"'],
    ['a #b', '"a #b"'],
    ['*alias', '"*alias"'],
    ['say "hi"', 'say "hi"'],
    ['"quoted"', '\'"quoted"\''],
    ['C:\\dir: x', "'C:\\dir: x'"],
    ['two\nlines', '"two\\nlines"'],
  ])('%j is %s', (text, written) => {
    expect(writeScalar(text, block)).toBe(written);
  });

  it('needs quotes between brackets for what would end it there', () => {
    expect(writeScalar('a, b', flow)).toBe('"a, b"');
    expect(writeScalar('a, b', block)).toBe('a, b');
  });

  it('keeps the quotes of the text that it replaces', () => {
    expect(writeScalar('plain', { ...block, was: 'double' })).toBe('"plain"');
    expect(writeScalar("it's", { ...block, was: 'single' })).toBe("'it''s'");
    expect(writeScalar('a\tb', { ...block, was: 'single' })).toBe('"a\\tb"');
  });

  it('takes the quotes that the text has elsewhere', () => {
    expect(writeScalar('no', { ...block, quote: 'single' })).toBe("'no'");
    expect(writeScalar("no: it's", { ...block, quote: 'single' })).toBe('"no: it\'s"');
  });

  it.each([
    ['YAML 1.2', '1.2'],
    ['YAML 1.1', '1.1'],
  ] as const)('is read as that text by %s, in every place', (_, version) => {
    fc.assert(
      fc.property(texts, fc.constantFrom('single', 'double'), (text, quote) => {
        expect(parse(`- ${writeScalar(text, { ...block, quote })}\n`, { version })).toEqual([text]);
        expect(parse(`[${writeScalar(text, { ...flow, quote })}, 1]\n`, { version })).toEqual([text, 1]);
        expect(parse(`{a: ${writeScalar(text, { ...flow, quote })}}\n`, { version })).toEqual({ a: text });
        expect(JSON.parse(writeScalar(text, { ...flow, json: true }))).toBe(text);
      }),
      { numRuns: runsOf(2000) },
    );
  });

  it('is read as that key by YAML 1.2', () => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(text !== '__proto__');
        const entries = { merge: false, mapAsMap: true } as const;
        const keys = (written: string) => [...(parse(written, entries) as Map<unknown, unknown>).keys()].map(String);
        expect(keys(`${writeKey(text, block)}: 1\n`)).toEqual([text]);
        expect(keys(`{${writeKey(text, flow)}: 1}\n`)).toEqual([text]);
      }),
      { numRuns: runsOf(1000) },
    );
  });
});

describe('a value that is no text', () => {
  it('is written so that it is read as itself', () => {
    for (const value of [null, true, false, 0, -1, 1.5, 1e21, 1e-7]) {
      expect(parse(writeScalar(value, block))).toBe(value);
      expect(parse(writeScalar(value, { ...block, was: 'double' }))).toBe(value);
    }
  });
});
