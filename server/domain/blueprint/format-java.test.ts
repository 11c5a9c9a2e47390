import { describe, expect, it } from 'vitest';
import type { Json } from '../shared/json.ts';
import { formatJava } from './format-java.ts';

describe('formatJava', () => {
  it.each<readonly [string, readonly Json[], string]>([
    ['jdbc:%s%s?user=%s\\&password=%s', ['mysql://a:1/', 'db', 'u', 'p'], 'jdbc:mysql://a:1/db?user=u\\&password=p'],
    ['%2$s-%1$s', ['a', 'b'], 'b-a'],
    ['%s is 100%%%n', ['x'], 'x is 100%\n'],
    ['%d %5d|%-5d|%05d %,d %+d', [1, 2, 3, -4, 1234567, 5], '1     2|3    |-0004 1,234,567 +5'],
    ['%d', ['8080'], '8080'],
    ['%x %X %02x %o', [255, 255, 10, 8], 'ff FF 0a 10'],
    ['%S %.2s %5s|%-5s|', ['up', 'cut', 'a', 'b'], 'UP cu     a|b    |'],
    ['%f %.1f %e', [1.5, 2.25, 12345.678], '1.500000 2.3 1.234568e+04'],
    ['%b %c', [true, 'x'], 'true x'],
    ['%s %s', [null, ['a', 1]], 'null ["a",1]'],
  ])('formats %j as Java does', (format, args, text) => {
    expect(formatJava(format, args)).toEqual({ ok: true, text });
  });

  it.each<readonly [string, readonly Json[]]>([
    ['%s%s', ['a']],
    ['%3$s', ['a']],
    ['%q', ['a']],
    ['100%', []],
    ['%999999999s', ['a']],
    ['%d', ['many']],
    ['%d', [1.5]],
  ])('refuses %j with these values', (format, args) => {
    expect(formatJava(format, args).ok).toBe(false);
  });
});
