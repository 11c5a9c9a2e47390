import { describe, expect, it } from 'vitest';
import { createPlanner, findingsOf, planOf } from '../../testing/blueprint-types.ts';
import type { EntitySpec } from '../entity/entity-spec.ts';

const plan = await createPlanner();
const rootOf = (text: string) => planOf(plan(text)).root;

/** `name type path`, indented by depth. */
function treeOf(spec: EntitySpec, depth = 0): readonly string[] {
  const below = [...spec.children, ...(spec.memberSpec === null ? [] : [spec.memberSpec])];
  return [`${' '.repeat(depth)}${spec.name} ${spec.type} ${spec.path}`, ...below.flatMap((child) => treeOf(child, depth + 1))];
}

const app = (lines: string) => `services:\n- type: BasicApplication\n${lines.replace(/^(?=.)/gm, '  ')}`;

describe('a single service', () => {
  it('of a type that is no application is wrapped in one', () => {
    expect(treeOf(rootOf('name: Shop\nservices:\n- {type: "docker:redis", id: cache, name: Cache}'))).toEqual([
      'Shop application .',
      ' Cache docker-container cache',
    ]);
  });

  it('that is an application is the root, and its children are the root’s', () => {
    const text = app('name: Shop\nid: shop\nbrooklyn.children:\n- {type: "docker:redis", id: cache}');
    expect(treeOf(rootOf(text))).toEqual(['Shop application .', ' cache docker-container cache']);
    expect(rootOf(text).planId).toBe('shop');
  });

  it('takes over what stands around it', () => {
    const text = `id: outer\nname: Shop\nlocation: east\nbrooklyn.config: {a: 1}\nbrooklyn.tags: [x]\n${app('brooklyn.config: {b: 2}\nbrooklyn.tags: [y]\nbrooklyn.children: [{type: "docker:redis"}]')}`;
    expect(rootOf(text)).toMatchObject({
      name: 'Shop',
      planId: 'outer',
      path: '.',
      location: 'east',
      config: { a: 1, b: 2 },
      tags: ['x', 'y'],
      children: [{ path: 'redis' }],
    });
  });

  it.each([
    ['its name differs', 'name: Outer\n', 'name: Inner'],
    ['its id differs', 'id: outer\n', 'id: inner'],
    ['both have a location', 'location: east\n', 'location: east'],
    ['the same config differs', 'brooklyn.config: {a: 1}\n', 'brooklyn.config: {a: 2}'],
    ['it sets what is declared with a default around it', 'brooklyn.parameters: [{name: a, default: 1}]\n', 'brooklyn.config: {a: 2}'],
    ['that is asked for', 'wrappedApp: true\n', ''],
  ])('stays wrapped where %s', (_, outside, inside) => {
    const { children, config } = rootOf(`${outside}${app(`${inside}\nbrooklyn.children: [{type: "docker:redis"}]`)}`);
    expect(children.map(({ type }) => type)).toEqual(['application']);
    expect(config).not.toMatchObject({ a: 2 });
  });

  it.each([
    ['the names are the same', 'name: Shop\n', 'name: Shop'],
    ['the ids are the same', 'id: shop\n', 'id: shop'],
    ['the same config is the same', 'brooklyn.config: {a: {b: 1}}\n', 'brooklyn.config: {a: {b: 1}}'],
    ['only one has a location', 'location: east\n', ''],
    ['a parameter has no default', 'brooklyn.parameters: [a]\n', 'brooklyn.config: {a: 2}'],
    ['that is asked for', 'wrappedApp: false\n', ''],
  ])('is unwrapped where %s', (_, outside, inside) => {
    expect(treeOf(rootOf(`${outside}${app(`${inside}\nbrooklyn.children: [{type: "docker:redis", id: cache}]`)}`)).slice(1)).toEqual([
      ' cache docker-container cache',
    ]);
  });

  it('stays wrapped where the plan attaches what it does not', () => {
    const policy = '- type: org.example.Policy\n  brooklyn.config: {a: 1}\n';
    const around = `brooklyn.policies:\n${policy}`;
    const inside = 'brooklyn.policies:\n- type: org.example.Policy\n  brooklyn.config: {a: 1}\n';
    const partial = (text: string) => {
      const result = plan(text);
      return result.ok ? result.plan.root : result.partial?.root;
    };
    expect(partial(`${around}${app('name: In\n')}`)?.children).toHaveLength(1);
    const unwrapped = partial(`${around}${app(`name: In\n${inside}`)}`);
    expect(unwrapped).toMatchObject({ name: 'In', children: [], policies: [{ type: 'org.example.Policy' }] });
  });

  it('has its wrong keys told where they stand, unwrapped or not', () => {
    expect(findingsOf(plan(app('loction: east')))).toEqual(['error key-unknown 3:3']);
    expect(findingsOf(plan(`nmae: x\n${app('')}`))).toEqual(['error key-unknown 1:1']);
  });
});

describe('several services', () => {
  it('are children of an application, applications too', () => {
    const text = 'services:\n- {type: application, id: a, brooklyn.children: [{type: "docker:redis"}]}\n- {type: application, id: b}';
    expect(treeOf(rootOf(text))).toEqual([
      'Application application .',
      ' a application a',
      '  redis docker-container a/redis',
      ' b application b',
    ]);
  });
});
