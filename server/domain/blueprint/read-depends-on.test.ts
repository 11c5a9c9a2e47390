import { describe, expect, it } from 'vitest';
import { createPlanner, findingsOf, planOf } from '../../testing/blueprint-types.ts';

const plan = await createPlanner();
const two = (dependsOn: string) =>
  `services:\n- type: docker:nginx\n  id: web\n  dependsOn: ${dependsOn}\n- type: docker:redis\n  id: db\n`;

describe('dependsOn', () => {
  it('as a list waits until the other service has started', () => {
    expect(planOf(plan(two('[db]'))).root.children[0]?.dependsOn).toEqual([{ on: 'db', condition: 'started' }]);
  });

  it('as a map says for what', () => {
    const [web] = planOf(plan(two('{db: {condition: healthy, restart: true, required: false}}'))).root.children;
    expect(web?.dependsOn).toEqual([{ on: 'db', condition: 'healthy', restart: true, required: false }]);
  });

  it.each([
    ['an id that nobody has', '[bd]', 'error dependency-unknown 4:15'],
    ['an unknown condition', '{db: {condition: ready}}', 'error config-invalid 4:31'],
    ['an unknown option', '{db: {conditoin: healthy}}', 'error key-unknown 4:20'],
    ['a flag that is none', '{db: {restart: often}}', 'error config-invalid 4:29'],
    ['a map for an id', '[{a: b}]', 'error value-kind 4:15'],
  ])('with %s gets a finding at its place', (_, text, finding) => {
    expect(findingsOf(plan(two(text)))).toEqual([finding]);
  });

  it('goes on without a service that is not there when it is not required', () => {
    expect(plan(two('{cache: {required: false}}')).ok).toBe(true);
  });

  it('in a circle is refused, and told where', () => {
    const text = 'services:\n- {type: "docker:a", id: a, dependsOn: [b]}\n- {type: "docker:b", id: b, dependsOn: [a]}\n';
    const [finding] = plan(text).diagnostics;
    expect(finding).toMatchObject({ code: 'dependency-cycle', message: expect.stringMatching(/a → b → a|b → a → b/) });
    expect([2, 3]).toContain(finding?.line);
  });

  it('and a sensor that is waited for can make a circle together', () => {
    const waits = '{A: \'$brooklyn:component("a").attributeWhenReady("host.address")\'}';
    const text = `services:\n- {type: "docker:a", id: a, dependsOn: [b]}\n- {type: "docker:b", id: b, env: ${waits}}\n`;
    expect(plan(text).diagnostics.map(({ code }) => code)).toEqual(['dependency-cycle']);
  });
});
