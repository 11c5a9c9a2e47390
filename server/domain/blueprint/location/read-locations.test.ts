import { describe, expect, it } from 'vitest';
import { createPlanner, findingsOf, planOf } from '../../../testing/blueprint-types.ts';

const plan = await createPlanner();
const rootOf = (text: string) => planOf(plan(text)).root;
const at = (location: string) => `${location}\nservices:\n- type: docker:nginx\n`;

describe('the location of an entity', () => {
  it('is the name of a cloud, with and without “named:”, as one or as a list of one', () => {
    for (const text of ['location: east', 'location: named:east', 'locations: [east]', 'locations: east', 'location: {east: {}}']) {
      expect(rootOf(at(text))).toMatchObject({ location: 'east' });
      expect(findingsOf(plan(at(text)))).toEqual([]);
    }
  });

  it('of another kind is kept, and it is said that a cloud is to be chosen', () => {
    const result = plan(at('location: jclouds:softlayer:ams01'));
    expect(planOf(result).root).toMatchObject({ location: null, locations: [{ kind: 'jclouds', target: 'softlayer:ams01', options: {} }] });
    expect(findingsOf(result)).toEqual(['warning location-unsupported 1:11']);
  });

  it('is told when it is a placeholder of a template', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as templates of blueprints write it.
    const [finding] = plan(at('location: ${testLocation}')).diagnostics;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as above.
    expect(finding).toMatchObject({ line: 1, column: 11, message: '“${testLocation}” is a placeholder that nothing has filled in.' });
  });

  it('may be a map with the options of its kind', () => {
    const text = at('location:\n  byon:\n    user: bob\n    hosts:\n    - 10.0.0.1\n    - ssh: root@10.0.0.2');
    expect(rootOf(text).locations).toEqual([
      {
        kind: 'byon',
        target: '',
        options: {
          user: 'bob',
          hosts: [
            { user: 'bob', address: '10.0.0.1' },
            { user: 'root', address: '10.0.0.2' },
          ],
        },
      },
    ]);
  });

  it('may hold expressions in its options', () => {
    const text = at('brooklyn.config: {who: bob}\nlocation:\n  localhost:\n    user: $brooklyn:config("who")');
    expect(rootOf(text).locations?.[0]?.options.user).toMatchObject({ $dsl: { calls: [{ name: 'config', args: ['who'] }] } });
  });

  it('stands at every level: of the blueprint, a service, a child and a member', () => {
    const text =
      'location: a\nservices:\n- type: application\n  location: b\n  brooklyn.children:\n  - {type: "docker:x", location: c}\n- type: cluster\n  memberSpec: {type: "docker:x", location: d}\n';
    const { location, children } = rootOf(text);
    expect([
      location,
      children[0]?.location,
      children[0]?.children[0]?.location,
      children[1]?.location,
      children[1]?.memberSpec?.location,
    ]).toEqual(['a', 'b', 'c', null, 'd']);
  });

  it.each([
    ['both keys', 'location: a\nlocations: [a]', 'location-conflict', 2, 1],
    ['several where one is used', 'locations: [a, b]', 'location-conflict', 1, 12],
    ['a wrong host in a list', 'location:\n  byon:\n    hosts:\n    - a\n    - -o', 'location-invalid', 5, 7],
    ['a user given twice', 'location:\n  byon:\n    hosts:\n    - {ssh: a@b, user: c}', 'location-invalid', 4, 24],
    ['a kind that is not there', 'location: byom:(hosts=a)', 'location-invalid', 1, 11],
    ['a list in a list', 'locations: [[a]]', 'location-invalid', 1, 13],
    ['a map of two', 'location: {a: {}, b: {}}', 'location-invalid', 1, 11],
    ['options that are no map', 'location: {byon: a}', 'location-invalid', 1, 11],
  ])('with %s is refused where it stands', (_, lines, code, line, column) => {
    const found = plan(at(lines)).diagnostics.find(({ severity }) => severity === 'error');
    expect(found).toMatchObject({ code, line, column });
  });

  it('that is empty is none', () => {
    for (const text of ['location:', 'location: ""', 'locations: []']) expect(rootOf(at(text))).toMatchObject({ location: null });
  });

  it('that gives options to a cloud says that they are not applied', () => {
    const result = plan(at('location: {east: {user: bob}}'));
    expect(planOf(result).location).toBe('east');
    expect(findingsOf(result)).toEqual(['warning location-unsupported 1:11']);
  });
});
