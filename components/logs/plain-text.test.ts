import { expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

it('shows text without colours, titles and bells', () => {
  expect(plainText('\u001b[31mred\u001b[0m \u001b]0;title\u0007\u0007ok\ttab')).toBe('red ok\ttab');
});

it('shows what was last written over a line', () => {
  expect(plainText('10%\r50%\r100%\r')).toBe('100%');
});
