import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteWord, toCommandLine, toExports } from './quote-shell.ts';

const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => !value.includes('\0'));
const sh = (script: string): string => execFileSync('sh', ['-c', script], { encoding: 'utf8' });

describe('quoteWord', () => {
  it('makes one word that a real shell reads back as the same text', () => {
    const hostile = ["it's", '$HOME', '`id`', '$(id)', '\\', '"', 'a\nb', '', '-n', '*', "'; touch /tmp/x; '", '!x', 'é🐳'];
    const nasty = fc.oneof(fc.constantFrom(...hostile), text);
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 20 }), (words) => {
        expect(sh(`printf '%s\\0' ${toCommandLine(words)}`)).toBe(words.map((word) => `${word}\0`).join(''));
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what no argument can hold', () => {
    expect(() => quoteWord('a\0b')).toThrow(expect.objectContaining({ code: 'input.invalid' }));
    expect(() => quoteWord('x'.repeat(200_000))).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });
});

describe('toExports', () => {
  it('hands values to a script as they are', () => {
    const value = `it's "$HOME" \`id\`\nnext`;
    expect(sh(`${toExports({ VALUE: value })}printf %s "$VALUE"`)).toBe(value);
  });

  it('refuses names that would be read as something else', () => {
    for (const name of ['', '1A', 'A B', 'A;id', 'A=B', 'ä']) {
      expect(() => toExports({ [name]: 'x' })).toThrow(expect.objectContaining({ code: 'input.invalid' }));
    }
  });
});
