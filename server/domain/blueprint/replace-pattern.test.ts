import { describe, expect, it } from 'vitest';
import { patternProblem, replacePattern } from './replace-pattern.ts';

describe('replacePattern', () => {
  it('replaces every match, with groups', () => {
    expect(replacePattern('a1 b2', '([a-z])(\\d)', '$2$1')).toEqual({ ok: true, text: '1a 2b' });
  });

  it.each([
    '(a+)+$',
    '(a|a)*b',
    '([a-z]*)*',
    '((a)*b)+',
    '(a)\\1',
    '(?=a)',
    '(?<!a)b',
    '(',
    'a'.repeat(2000),
    '(a{2,})+',
    '(x+x+)+y',
    '(a?){30}a{30}',
    'a?'.repeat(40),
    '(a{1,9}){1,9}',
    '\\Qa\\E',
    '(?:a|b|c){20}',
  ])('refuses %s', (pattern) => {
    expect(patternProblem(pattern)).not.toBeNull();
  });

  it.each([
    '^https?://',
    '[+*]+',
    '\\(a\\+\\)\\+',
    '(ab)+',
    '^(\\w+):(\\d+)$',
    '(?:a|b)c',
    '^([0-9]{1,3}\\.){3}[0-9]{1,3}$',
    '(?i)^https?://',
    '^[a-z]+\\@x$',
    '(ab){2}c?',
  ])('takes %s', (pattern) => {
    expect(patternProblem(pattern)).toBeNull();
  });

  it('answers at once on the longest text that it takes', () => {
    const begun = performance.now();
    expect(replacePattern('a'.repeat(120), '.*.*.*b', '').ok).toBe(true);
    expect(replacePattern('a'.repeat(3000), '.*.*.*b', '').ok).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});
