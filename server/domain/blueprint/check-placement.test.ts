import { describe, expect, it } from 'vitest';
import { containerWith, createPlanner, findingsOf } from '../../testing/blueprint-types.ts';

const plan = await createPlanner();
const strategies = (item: string) => plan(containerWith(`docker.container.strategies: ${item}`));

describe('placement of a blueprint', () => {
  it('takes strategies by name and alias, in a list and by itself', () => {
    for (const given of ['random', '[random, least-containers]', '[RandomPlacementStrategy]'])
      expect(findingsOf(strategies(given))).toEqual([]);
  });

  it('tells of a name that is none, with the nearest', () => {
    const result = strategies('[randm]');
    expect(findingsOf(result)).toEqual(['error unknown-type 4:35']);
    expect(result.diagnostics[0]).toMatchObject({ message: 'There is no placement strategy “randm”.', hint: 'Did you mean “random”?' });
  });

  it('tells of a name by itself that cannot go without config', () => {
    const result = strategies('[predicate]');
    expect(findingsOf(result)).toEqual(['error config-invalid 4:35']);
    expect(result.diagnostics[0]?.message).toBe('Predicate needs “expression”: needs an expression.');
    expect(result.diagnostics[0]?.hint).toContain('type: predicate');
  });

  it('tells of an object that is no strategy', () => {
    const result = strategies('[{$brooklyn:object: {type: org.apache.brooklyn.policy.autoscaling.AutoScalerPolicy}}]');
    expect(result.diagnostics[0]?.message).toBe('“Auto-scaler” is no placement strategy.');
    expect(result.ok).toBe(false);
  });

  it('tells of each rule that cannot be read, in a list and in one text', () => {
    const rules = (given: string) => plan(containerWith(`affinity.rules: ${given}`)).diagnostics.map(({ message }) => message);
    expect(rules('[NOT TYPE mariadb, WITH cheese]')).toEqual([
      '“WITH cheese” is no rule: it begins with none of TYPE, NAME, ID, APPLICATION, EMPTY.',
    ]);
    expect(rules('"NOT TYPE x\\nTYPE a b"')).toEqual(['“TYPE a b” is no rule: TYPE has one word after it, or none.']);
    expect(rules('$brooklyn:config("rules")').filter((text) => text.includes('rule:'))).toEqual([]);
  });

  it('is told of a group from which its members have it, and of a member', () => {
    const text = `services:
- type: org.apache.brooklyn.entity.group.DynamicCluster
  brooklyn.config:
    affinity.rules: [SAME]
  memberSpec:
    type: docker:redis
    brooklyn.config:
      docker.container.strategies: [nearest]
`;
    expect(findingsOf(plan(text))).toEqual(['error config-invalid 4:22', 'error unknown-type 8:37']);
  });
});
