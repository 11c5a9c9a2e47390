import { describe, expect, it } from 'vitest';
import { splitWords } from './container-config.ts';
import { parseBytes, parseDurationMs, parsePortRange } from './quantities.ts';

describe('parseBytes', () => {
  it.each<readonly [string | number, number | null]>([
    ['512m', 536_870_912],
    ['1.5 GiB', 1_610_612_736],
    ['1GB', 1_073_741_824],
    ['10', 10],
    [1024, 1024],
    ['-1', null],
    ['1.5.g', null],
    ['lots', null],
    [1.5, null],
    ['5 parsecs', null],
  ])('reads %j as %j', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });
});

describe('parseDurationMs', () => {
  it.each<readonly [string | number, number | null]>([
    ['500ms', 500],
    ['30s', 30_000],
    ['1h 30m', 5_400_000],
    ['1h70m', 7_800_000],
    ['1.5s', 1500],
    ['5 minutes', 300_000],
    [250, 250],
    ['250', 250],
    ['-3m', null],
    ['5 parsecs', null],
    ['', null],
    ['m', null],
  ])('reads %j as %j', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });
});

describe('parsePortRange', () => {
  it.each<readonly [string | number, readonly [number, number] | null]>([
    [8080, [8080, 8080]],
    ['8000-8010', [8000, 8010]],
    ['65535+', [65_535, 65_535]],
    ['80-70', null],
    [0, null],
    [65_536, null],
    [80.5, null],
    ['80:80', null],
  ])('reads %j as %j', (text, range) => {
    expect(parsePortRange(text)).toEqual(range && { from: range[0], to: range[1] });
  });
});

describe('splitWords', () => {
  it.each<readonly [string, readonly string[] | null]>([
    ['a  b', ['a', 'b']],
    [`sh -c 'a "b" $c'`, ['sh', '-c', 'a "b" $c']],
    ['a"b c"d \\"x', ['ab cd', '"x']],
    ['"a\\"b"', ['a"b']],
    ['', []],
    ['"a', null],
    ["it's", null],
    ['a\\', null],
  ])('splits %j into %j', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});
