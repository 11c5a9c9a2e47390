import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadPlugins } from '../../plugins/registry.ts';
import { containerWith, createPlanner, findingsOf, planOf } from '../../testing/blueprint-types.ts';
import { EMPTY_CATALOG } from '../catalog/catalog.ts';
import { nestedSpec } from '../entity/nested-spec.ts';
import { planApplication } from './plan-application.ts';
import type { BlueprintType } from './type-registry.ts';

const plan = await createPlanner();

describe('$brooklyn:entitySpec', () => {
  it('is an entity to be made later, wherever it stands in config', () => {
    const { root } = planOf(plan(containerWith('extra:\n- $brooklyn:entitySpec:\n    type: docker:redis\n    id: cache')));
    expect(root.children[0]?.config.extra).toEqual([
      {
        $spec: expect.objectContaining({
          type: 'docker-container',
          planId: 'cache',
          path: 'nginx/extra',
          config: { 'docker.image.name': 'redis' },
        }),
      },
    ]);
  });

  it('takes a list of one service as that service', () => {
    const list = 'services:\n- type: cluster\n  memberSpec:\n    $brooklyn:entitySpec:\n    - type: docker:nginx\n';
    expect(planOf(plan(list)).root.children[0]?.memberSpec?.config).toEqual({ 'docker.image.name': 'nginx' });
  });

  it('may be left away where the type wants an entity spec', async () => {
    const plugins = await loadPlugins();
    const group: BlueprintType = {
      id: 'controlled',
      title: 'Controlled',
      aliases: [],
      kind: 'group',
      config: z.object({ controllerSpec: nestedSpec.optional() }),
      flags: {},
      sensors: [],
    };
    const library = {
      ...plugins,
      entityTypes: new Map<string, BlueprintType>([...plugins.entityTypes, ['controlled', group]]),
      catalog: EMPTY_CATALOG,
    };
    const planWith = (controller: string) =>
      planApplication({ text: `services:\n- type: controlled\n  controllerSpec: ${controller}\n` }, library);
    const bare = planOf(planWith('{type: haproxy}'));
    expect(bare.root.children[0]?.config.controllerSpec).toMatchObject({ $spec: { type: 'haproxy', path: 'controlled/controllerspec' } });
    expect(planOf(planWith('{$brooklyn:entitySpec: {type: haproxy}}'))).toEqual(bare);
    expect(findingsOf(planWith('{a: 1}'))).toEqual(['error config-invalid 3:19']);
  });

  it('says what a first member is, with and without the wrapper', () => {
    const text = (spec: string) => `services:\n- {type: cluster, id: web, memberSpec: {type: "docker:nginx"}, firstMemberSpec: ${spec}}\n`;
    const first = planOf(plan(text('{type: "docker:redis"}'))).root.children[0]?.firstMemberSpec;
    expect(first).toMatchObject({ path: 'web/first-member', config: { 'docker.image.name': 'redis' } });
    expect(planOf(plan(text('{$brooklyn:entitySpec: {type: "docker:redis"}}'))).root.children[0]?.firstMemberSpec).toEqual(first);
  });

  it('checks what stands in it, with its place', () => {
    expect(findingsOf(plan(containerWith('extra:\n  $brooklyn:entitySpec:\n    type: docker:redis\n    memory: lots')))).toContain(
      'error config-invalid 7:17',
    );
    expect(findingsOf(plan(containerWith('extra:\n  $brooklyn:entitySpec: 5')))).toContain('error value-kind 5:29');
  });
});

describe('$brooklyn:object', () => {
  it('is a strategy by any of its names, with its config', () => {
    const text = containerWith(
      'strategies:\n- $brooklyn:object:\n    type: brooklyn.location.docker.strategy.MaxContainersPlacementStrategy\n    object.fields: {maxContainers: 3}\n    brooklyn.config: {countForeign: false}',
    );
    expect(planOf(plan(text)).root.children[0]?.config.strategies).toEqual([
      { $object: { type: 'max-containers', config: { maxContainers: 3, countForeign: false } } },
    ]);
  });

  it('is checked by the schema of its type', () => {
    const text = containerWith('s:\n- $brooklyn:object:\n    type: max-containers\n    brooklyn.config: {maxContainers: lots}');
    expect(findingsOf(plan(text))).toEqual(['warning config-unknown 4:5', 'error config-invalid 7:42']);
  });

  it('of an unknown class is kept as it is written, and told', () => {
    const text = containerWith(
      's:\n  $brooklyn:object:\n    type: org.example.Greater\n    factoryMethod.name: than\n    factoryMethod.args: [0.0, $brooklyn:config("least")]',
    );
    const result = plan(text);
    expect(findingsOf(result)).toContain('error unknown-type 6:15');
    expect(result.ok ? null : result.partial?.root.children[0]?.config.s).toMatchObject({
      $object: { type: 'org.example.Greater', config: { 'factoryMethod.name': 'than', 'factoryMethod.args': [0, { $dsl: {} }] } },
    });
  });

  it('needs a type', () => {
    expect(findingsOf(plan(containerWith('s:\n  $brooklyn:object: {}')))).toContain('error type-missing 5:25');
  });
});
