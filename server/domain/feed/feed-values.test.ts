import { describe, expect, it } from 'vitest';
import { coerce } from './coerce.ts';
import { parseJsonPath, readJsonPath } from './json-path.ts';
import { parseExposition, sumOf } from './prometheus.ts';
import { readText } from './read-text.ts';

describe('what a command prints', () => {
  it.each([
    ['auto', ' 42\n', 42],
    ['auto', '-1.5e3', -1500],
    ['auto', '007', '007'],
    ['auto', 'true', true],
    ['auto', 'two words', 'two words'],
    ['auto', '{"a": [1]}', { a: [1] }],
    ['auto', '{not json', '{not json'],
    ['auto', 'noise\n---\na: 1\n', { a: 1 }],
    ['string', '42', '42'],
    ['yaml', 'a: 1\nb: [x]', { a: 1, b: ['x'] }],
    ['json', '"x"', 'x'],
  ] as const)('as %s: %j is %j', (format, text, value) => {
    expect(readText(text, format, { lastYaml: true })).toEqual({ ok: true, value });
  });

  it.each([
    ['json', '{', 'it is no JSON'],
    ['yaml', 'a: [', 'it is no YAML'],
    ['yaml', `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]`, 'it is no YAML'],
    ['string', 'x'.repeat(70_000), 'it is longer than 64 KiB'],
  ] as const)('as %s may be wrong: %s', (format, text, why) => {
    expect(readText(text, format, { lastYaml: true })).toEqual({ ok: false, why });
  });

  it.each([
    ['integer', '41.9', 41],
    ['java.lang.Double', '1.5', 1.5],
    ['boolean', 'TRUE', true],
    ['string', 3, '3'],
    [undefined, { a: 1 }, { a: 1 }],
    ['integer', 'many', undefined],
    ['boolean', 1, undefined],
  ])('becomes a %s: %j is %j', (type, value, wanted) => {
    expect(coerce(value, type)).toEqual(wanted);
  });
});

describe('a JSON path', () => {
  const document = { a: { 'b c': [{ n: 1 }, { n: 2 }, { m: 3 }] }, none: null };
  it.each([
    ['$', document],
    ["$.a['b c'][1].n", 2],
    ['$.a["b c"][*].n', [1, 2]],
    ['none', null],
    ['$.a.x', undefined],
    ['$.constructor', undefined],
  ])('%s finds %j', (path, wanted) => {
    const steps = parseJsonPath(path);
    expect(steps && readJsonPath(document, steps)).toEqual(wanted);
  });

  it.each(['$..a', '$.a[?(@.x)]', '$.a[', '$ a'])('%s is not understood', (path) => {
    expect(parseJsonPath(path)).toBeNull();
  });
});

describe('metrics of Prometheus', () => {
  const parsed = parseExposition(`# HELP http_requests_total Requests
# TYPE http_requests_total counter
http_requests_total{code="200",method="get"} 1027 1395066363000
http_requests_total{code="500",method="get",path="/a \\"b\\\\"} 3
# TYPE load gauge
load 0.75
nothing NaN
latency_sum{quantile="+Inf"} 1.5e3
this is no metric
half{a="1
`);

  it('are read with labels, and summed by those that are asked for', () => {
    expect(sumOf(parsed, 'http_requests_total', {})).toBe(1030);
    expect(sumOf(parsed, 'http_requests_total', { code: '500' })).toBe(3);
    expect(sumOf(parsed, 'http_requests_total', { path: '/a "b\\' })).toBe(3);
    expect(sumOf(parsed, 'load', {})).toBe(0.75);
    expect(sumOf(parsed, 'latency_sum', {})).toBe(1500);
    expect([sumOf(parsed, 'load', { host: 'x' }), sumOf(parsed, 'nothing', {})]).toEqual([undefined, undefined]);
  });

  it('tell what only grows, and how many lines were no metric', () => {
    expect(parsed.counters.has('http_requests_total')).toBe(true);
    expect(parsed.counters.has('load')).toBe(false);
    expect(parsed.skipped).toBe(3);
  });
});
