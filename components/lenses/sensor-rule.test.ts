import { expect, it } from 'vitest';
import { matchesRule, parseSensorRule } from './sensor-rule.ts';

it('reads short names, shares and sizes', () => {
  expect(parseSensorRule('cpu > 80 %')).toEqual({ sensor: 'docker.container.cpu', operator: '>', value: 0.8 });
  expect(parseSensorRule('memory<=1.5GiB')).toEqual({ sensor: 'docker.container.memory', operator: '<=', value: 1.5 * 1024 ** 3 });
  expect(parseSensorRule('group.members.count == 3')).toEqual({ sensor: 'group.members.count', operator: '=', value: 3 });
});

it.each(['', 'cpu', 'cpu >', '> 3', 'cpu > fast', 'cpu > 3 apples'])('takes %j for no rule', (text) => {
  expect(parseSensorRule(text)).toBeNull();
});

it.each([
  ['>', [3]],
  ['>=', [2, 3]],
  ['<', [1]],
  ['<=', [1, 2]],
  ['=', [2]],
  ['!=', [1, 3]],
])('%s 2 lets stand out %j of 1, 2 and 3', (operator, expected) => {
  const rule = parseSensorRule(`x ${operator} 2`);
  expect(rule && [1, 2, 3].filter((reading) => matchesRule(rule, reading))).toEqual(expected);
});
