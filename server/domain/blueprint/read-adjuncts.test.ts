import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPlanner, findingsOf, planOf } from '../../testing/blueprint-types.ts';
import type { AdjunctKind, AdjunctType } from './adjunct-type.ts';

const type = (id: string, kind: AdjunctKind, config: z.ZodType, flags: Readonly<Record<string, string>> = {}): AdjunctType => {
  return { id, title: id, description: id, kind, aliases: [`org.example.${id}`], config, flags, planned: false };
};

const plan = await createPlanner([
  type('TestScaler', 'policy', z.object({ 'scaler.metric': z.unknown(), 'scaler.max': z.int().optional() }), {
    max: 'scaler.max',
    metric: 'scaler.metric',
  }),
  type('TestDetector', 'enricher', z.object({ period: z.string().optional() })),
  type('TestEffector', 'initializer', z.object({ name: z.string(), command: z.string() })),
  type('TestStrategy', 'placement', z.object({})),
  { ...type('TestLater', 'policy', z.object({})), planned: true },
]);

const service = (lines: string) => `services:\n- type: docker:nginx\n  id: web\n${lines.replace(/^/gm, '  ')}\n`;
const webOf = (text: string) => planOf(plan(text)).root.children[0];

describe('what is attached to an entity', () => {
  it('is found by id or alias, its flags stand for its keys, and its labels are no config', () => {
    const text = service(
      'brooklyn.policies:\n- policyType: org.example.TestScaler\n  name: Scale\n  id: scale\n  max: 5\n  brooklyn.config:\n    metric: cpu\nbrooklyn.enrichers:\n- type: TestDetector\n',
    );
    expect(webOf(text)).toMatchObject({
      policies: [{ type: 'TestScaler', id: 'scale', name: 'Scale', config: { 'scaler.max': 5, 'scaler.metric': 'cpu' } }],
      enrichers: [{ type: 'TestDetector', config: {} }],
    });
    expect(findingsOf(plan(text))).toEqual([]);
    expect(webOf(text)).not.toHaveProperty('initializers');
  });

  it('may declare a config key called name, as effectors do', () => {
    const text = service(
      'brooklyn.initializers:\n- type: TestEffector\n  brooklyn.config: {name: say, command: echo}\n- type: TestEffector\n  name: hi\n  command: echo hi\n',
    );
    expect(webOf(text)?.initializers).toEqual([
      { type: 'TestEffector', config: { name: 'say', command: 'echo' } },
      { type: 'TestEffector', config: { name: 'hi', command: 'echo hi' } },
    ]);
  });

  it('may stand at the top of the blueprint, for the application', () => {
    const { root } = planOf(
      plan('brooklyn.policies:\n- type: TestScaler\n  metric: x\nbrooklyn.tags: [blue, {owner: me}]\nservices:\n- type: docker:nginx\n'),
    );
    expect(root).toMatchObject({ policies: [{ type: 'TestScaler' }], tags: ['blue', { owner: 'me' }] });
  });

  it('has its config checked, at the place of the value', () => {
    expect(findingsOf(plan(service('brooklyn.policies:\n- type: TestScaler\n  metric: x\n  max: many')))).toEqual([
      'error config-invalid 7:10',
    ]);
  });

  it('is told about keys that its type does not have, with the nearest', () => {
    const result = plan(service('brooklyn.policies:\n- type: TestScaler\n  mteric: x\n  brooklyn.config: {metric: cpu, scaler.mx: 3}'));
    expect(findingsOf(result)).toEqual(['error key-unknown 6:5', 'warning config-unknown 7:36']);
    expect(result.diagnostics.map(({ fix }) => fix?.text)).toEqual(['metric', 'scaler.max']);
  });

  it('holds expressions, of which none is needed for the entity to start', () => {
    const result = plan(service('brooklyn.policies:\n- type: TestScaler\n  metric: $brooklyn:self().attributeWhenReady("host.address")'));
    expect(findingsOf(result)).toEqual([]);
    expect(planOf(result).root.children[0]?.policies?.[0]?.config['scaler.metric']).toMatchObject({
      $dsl: { calls: [{ name: 'self' }, {}] },
    });
  });

  it('that is not known is kept as it is written, and the nearest names are told', () => {
    const result = plan(service('brooklyn.policies:\n- type: org.else.TestScalar\n  any: thing'));
    expect(result.diagnostics).toMatchObject([{ code: 'unknown-type', line: 5, column: 11 }]);
    expect(result.diagnostics[0]?.hint).toContain('TestScaler');
    expect(result.ok ? null : result.partial?.root.children[0]?.policies).toEqual([
      { type: 'org.else.TestScalar', config: { any: 'thing' } },
    ]);
  });

  it('says so when a type of entities is taken for one', () => {
    expect(plan(service('brooklyn.policies:\n- type: DynamicCluster')).diagnostics[0]?.hint).toContain('type of entities');
  });

  it('is taken for what it is when policy and enricher are mixed up', () => {
    const text = service('brooklyn.policies:\n- type: TestDetector\nbrooklyn.enrichers:\n- type: TestScaler\n  metric: x');
    expect(findingsOf(plan(text))).toEqual(['warning adjunct-moved 5:11', 'warning adjunct-moved 7:11']);
    expect(webOf(text)).toMatchObject({ policies: [{ type: 'TestScaler' }], enrichers: [{ type: 'TestDetector' }] });
  });

  it('that belongs elsewhere is refused', () => {
    const result = plan(service('brooklyn.policies:\n- type: TestStrategy'));
    expect(result.diagnostics).toMatchObject([{ code: 'adjunct-kind', hint: 'It belongs below “docker.container.strategies”.' }]);
  });

  it('that nothing acts on yet is a warning', () => {
    expect(findingsOf(plan(service('brooklyn.policies:\n- type: TestLater')))).toEqual(['warning type-planned 5:11']);
  });

  it.each([
    ['text', 'brooklyn.policies: TestScaler', 'error value-kind 4:22'],
    ['a list of texts', 'brooklyn.policies:\n- TestScaler', 'error value-kind 5:5'],
    ['no type', 'brooklyn.enrichers:\n- brooklyn.config: {}', 'error type-missing 5:5'],
    ['a tag that is an expression', 'brooklyn.tags:\n- $brooklyn:config("x")', 'error value-kind 5:5'],
    ['a tag that is a list', 'brooklyn.tags:\n- [a]', 'error value-kind 5:5'],
  ])('is refused as %s', (_, lines, finding) => {
    expect(findingsOf(plan(service(lines)))).toEqual([finding]);
  });
});
