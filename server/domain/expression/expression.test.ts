import { describe, expect, it } from 'vitest';
import { evaluateExpression, expressionProblem } from './expression.ts';

const evaluated = (text: string, value: unknown) => evaluateExpression(text, { value, values: [1, 2, 4], sensors: { load: 3 } });

describe('an expression', () => {
  it.each([
    ['value * 2', 3.5, 7],
    ['value / 4', 3, 0.75],
    ['1 - value', 0.25, 0.75],
    ['round(value)', 2.6, 3],
    ['value > 2 ? "hot" : "cold"', 3, 'hot'],
    [
      'value.servers.filter(s, s.up).map(s, s.name)',
      {
        servers: [
          { name: 'a', up: true },
          { name: 'b', up: false },
        ],
      },
      ['a'],
    ],
    ['value.size()', ['a', 'b'], 2],
    ['values.map(one, one * 10)', null, [10, 20, 40]],
    ['sensors.load + 1', null, 4],
    ['{"name": value}', 'web', { name: 'web' }],
  ])('%s of %j is %j', (text, value, wanted) => {
    expect(expressionProblem(text, ['value', 'values', 'sensors'])).toBeNull();
    expect(evaluated(text, value)).toEqual({ ok: true, value: wanted });
  });

  it.each([
    ['value +', 'Unexpected'],
    ['host.name', 'host'],
    ['value.matches("(a+)+$")', 'knows no patterns'],
    ['value.map(a, value.map(b, a * b))', 'inside another loop'],
    ['values.size()', 'knows no “values”'],
    [`value == "${'x'.repeat(2_000)}"`, 'is longer than'],
  ])('%s is refused', (text, why) => {
    expect(expressionProblem(text, ['value'])).toContain(why);
  });

  it.each([
    ['value.none', { some: 1 }, 'No such key'],
    ['value / 0', 1, 'no value that a sensor can have'],
    ['timestamp("2026-01-01T00:00:00Z")', null, 'no value that a sensor can have'],
    ['value.size()', 3, 'size'],
  ])('%s of %j has no value, and says why', (text, value, why) => {
    const found = evaluated(text, value);
    expect(found.ok ? found.value : found.why).toContain(why);
  });
});
