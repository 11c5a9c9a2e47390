import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { nestsDeeply } from './nests-deeply.ts';

const of = (text: string) => nestsDeeply(Text.of(text.split('\n')));

describe('a text that nests too deeply for the editor to mark', () => {
  it.each([
    ['brackets', `${'['.repeat(3000)}${']'.repeat(3000)}`],
    ['brackets over many lines', '{a:\n'.repeat(500)],
    ['lists in lists', '- '.repeat(3000)],
    ['keys of keys', '? '.repeat(3000)],
    ['indentation', Array.from({ length: 600 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('is one of %s', (_what, text) => {
    expect(of(text)).toBe(true);
  });

  it.each([
    ['a blueprint', 'services:\n- type: docker:nginx\n  brooklyn.config:\n    ports: [80, {a: [1]}]\n'],
    ['many brackets beside each other', '- [a, b]\n'.repeat(5000)],
    ['a long line', `a: ${'- x '.repeat(1000)}`],
    ['more brackets closed than opened', ']'.repeat(1000)],
  ])('is not %s', (_what, text) => {
    expect(of(text)).toBe(false);
  });
});
