import { describe, expect, it } from 'vitest';
import { createPlanner, findingsOf, planOf } from '../../testing/blueprint-types.ts';
import type { EntitySpec } from '../entity/entity-spec.ts';

const CATALOG = `
brooklyn.catalog:
  version: 1.0
  items:
  - id: cache
    name: Cache
    item:
      type: docker:redis:7
      id: inside
      brooklyn.config:
        docker.memory: 64m
        docker.container.environment: {MODE: cache, SIZE: "10", OLD: x}
        note: from the item
      brooklyn.parameters:
      - {name: cache.size, type: integer, default: 10, description: Entries, constraints: [required]}
      brooklyn.tags: [item]
      brooklyn.children:
      - {type: docker:busybox, id: side, brooklyn.config: {root: '$brooklyn:parent().config("cache.size")'}}
  - id: big-cache
    name: Big cache
    version: 2.0
    item:
      type: cache:1.0
      brooklyn.config:
        docker.memory: 512m
      brooklyn.parameters:
      - {name: cache.size, label: Size, default: 1000}
  - id: pair
    itemType: application
    item:
      name: Pair
      location: west
      services:
      - {type: cache, id: first}
      - {type: "docker:nginx", id: second, env: {PEER: '$brooklyn:component("first").attributeWhenReady("host.address")'}}
  - id: one
    item:
      brooklyn.config: {outer: yes it is}
      services:
      - {type: "docker:nginx", id: only, name: Only}
  - {id: itself, item: {type: itself}}
  - {id: ring-a, item: {type: ring-b}}
  - {id: ring-b, item: {type: ring-a}}
  - {id: haproxy, item: {type: haproxy, target: x}}
  - {id: balanced, item: {type: haproxy}}
  - {id: brooklyn.entity.webapp.jboss.JBoss7Server, name: Our server, item: {type: "docker:tomcat:10"}}
  - {id: TomcatServer, item: {type: TomcatServer}}
  - {id: uses-class, item: {type: brooklyn.entity.webapp.jboss.JBoss7Server}}
  - {id: JBoss6Server, disabled: true, item: {type: "docker:tomcat:10"}}
  - {id: elsewhere, item: 'classpath://other.yaml'}
  - {id: broken, item: {type: "docker:redis", docker.memory: lots}}
  - {id: odd, item: {type: "docker:redis", nothing.known: 1}}
  - {id: old, deprecated: true, item: {type: "docker:redis"}}
  - {id: gone, disabled: true, item: {type: "docker:redis"}}
  - {id: place, itemType: location, item: {type: localhost}}
  - {id: tree, item: {type: application, brooklyn.children: [{type: cache, id: a}, {type: cache, id: b}]}}
`;
const OLDER = 'brooklyn.catalog:\n  version: 0.9\n  items:\n  - {id: cache, item: {type: "docker:redis:6"}}\n';

const plan = await createPlanner([], CATALOG, OLDER);
const rootOf = (text: string) => planOf(plan(text)).root;
const service = (lines: string) => `services:\n- ${lines.replace(/\n/g, '\n  ')}\n`;
const only = (text: string): EntitySpec => {
  const [child] = rootOf(text).children;
  if (child === undefined) throw new Error('no child');
  return child;
};
const messageOf = (text: string) =>
  plan(text)
    .diagnostics.map(({ code, message, hint }) => `${code}: ${message} ${hint ?? ''}`)
    .join('\n');

describe('a service of a catalog item', () => {
  it('is what the item says, under its name and without its id', () => {
    expect(only(service('type: cache'))).toMatchObject({
      type: 'docker-container',
      name: 'Cache',
      planId: null,
      path: 'cache',
      catalogItem: 'cache:1.0',
      config: { 'docker.image.name': 'redis:7', 'docker.memory': '64m' },
      tags: ['item'],
      children: [{ planId: 'side', path: 'cache/side', scopeRoot: 'cache' }],
    });
  });

  it('lays what it says itself over the item: the environment is merged, other config replaced, blanks remove', () => {
    const text = service(
      'type: cache:1.0\nid: mine\nname: Mine\nenv: {SIZE: "20", OLD: null}\nbrooklyn.config: {note: own}\nbrooklyn.tags: [own]\nbrooklyn.children:\n- {type: "docker:busybox", id: extra}',
    );
    expect(only(text)).toMatchObject({
      name: 'Mine',
      planId: 'mine',
      path: 'mine',
      config: { note: 'own', 'docker.memory': '64m', 'docker.container.environment': { MODE: 'cache', SIZE: '20' } },
      tags: ['own', 'item'],
      children: [{ path: 'mine/side' }, { path: 'mine/extra' }],
    });
    expect(only(text).config['docker.container.environment']).not.toHaveProperty('OLD');
  });

  it('may give another image than the item', () => {
    expect(only(service('type: cache\nbrooklyn.config: {docker.image.name: "redis:8"}')).config['docker.image.name']).toBe('redis:8');
  });

  it('has the parameters of the item, and may use them by name', () => {
    const parameters = [{ name: 'cache.size', type: 'integer', defaultValue: 10, description: 'Entries', constraints: ['required'] }];
    expect(only(service('type: cache')).parameters).toEqual(parameters);
    expect(only(service('type: cache\ncache.size: 20')).config['cache.size']).toBe(20);
    expect(findingsOf(plan(service('type: cache\ncache.size: many')))).toEqual(['error config-invalid 3:15']);
  });

  it('of an item that is made of another has what both say', () => {
    expect(only(service('type: big-cache'))).toMatchObject({
      name: 'Big cache',
      catalogItem: 'big-cache:2.0',
      config: { 'docker.memory': '512m', note: 'from the item', 'docker.image.name': 'redis:7' },
      parameters: [{ name: 'cache.size', type: 'integer', label: 'Size', defaultValue: 1000, description: 'Entries' }],
    });
  });

  it('with one service is that service, with what stands around it', () => {
    expect(only(service('type: one'))).toMatchObject({
      type: 'docker-container',
      name: 'Only',
      planId: null,
      config: { outer: 'yes it is' },
    });
  });

  it('with several services is the application of them, and as the only one the root', () => {
    const root = rootOf(service('type: pair'));
    expect(root).toMatchObject({ type: 'application', name: 'Pair', path: '.', location: 'west', catalogItem: 'pair:1.0' });
    expect(root.children.map(({ path, catalogItem }) => [path, catalogItem])).toEqual([
      ['first', 'cache:1.0'],
      ['second', undefined],
    ]);
  });

  it('may be used several times in one blueprint, with the ids inside it', () => {
    const root = rootOf(`${service('type: pair\nid: a')}${service('type: pair\nid: b').slice('services:\n'.length)}`);
    expect(root.children.map(({ children }) => children.map(({ path, scopeRoot }) => [path, scopeRoot]))).toEqual([
      [
        ['a/first', 'a/first'],
        ['a/second', 'a'],
      ],
      [
        ['b/first', 'b/first'],
        ['b/second', 'b'],
      ],
    ]);
  });

  it('may be a member of a cluster', () => {
    const cluster = only(service('type: cluster\nmemberSpec: {type: cache}'));
    expect(cluster.memberSpec).toMatchObject({ type: 'docker-container', catalogItem: 'cache:1.0', path: 'cluster/member' });
  });

  it('takes the highest version unless it names one, and lists the versions where that is not there', () => {
    expect(only(service('type: cache')).catalogItem).toBe('cache:1.0');
    expect(only(service('type: catalog:cache:0.9'))).toMatchObject({
      catalogItem: 'cache:0.9',
      config: { 'docker.image.name': 'redis:6' },
    });
    expect(messageOf(service('type: cache:3'))).toBe('unknown-type: The catalog has “cache”, and not its version 3. Versions: 1.0, 0.9.');
  });

  it('of the name of a type that ships is that type, unless the prefix or the version says otherwise', () => {
    expect(only(service('type: haproxy\ntarget: x')).catalogItem).toBeUndefined();
    expect(only(service('type: haproxy:1.0')).catalogItem).toBe('haproxy:1.0');
    expect(only(service('type: catalog:haproxy')).catalogItem).toBe('haproxy:1.0');
    expect(messageOf(service('type: java:cache'))).toContain('There is no type “java:cache”');
  });

  it('of the name of a class takes the place of the type that ships for it, and that is told', () => {
    const text = service('type: brooklyn.entity.webapp.jboss.JBoss7Server');
    expect(only(text)).toMatchObject({
      type: 'docker-container',
      catalogItem: 'brooklyn.entity.webapp.jboss.JBoss7Server:1.0',
      config: { 'docker.image.name': 'tomcat:10' },
    });
    expect(plan(text).diagnostics).toMatchObject([{ code: 'type-substituted', severity: 'info', line: 2 }]);
    expect(messageOf(text)).toContain('“Our server”, takes the place of JBoss 7 here');
    expect(only(service('type: uses-class')).type).toBe('docker-container');
    expect(only(service('type: java:brooklyn.entity.webapp.jboss.JBoss7Server')).type).toBe('jboss7');
    expect(only(service('type: org.apache.brooklyn.entity.webapp.jboss.JBoss7Server')).type).toBe('jboss7');
    expect(only(service('type: TomcatServer'))).toMatchObject({ type: 'tomcat', catalogItem: 'TomcatServer:1.0' });
    expect(only(service('type: JBoss6Server')).type).toBe('jboss6');
    expect(plan(service('type: haproxy:1.0')).diagnostics.map(({ code }) => code)).not.toContain('type-substituted');
  });

  it('is, inside of an item, what came into the catalog with it, also where a type of the name ships', () => {
    expect(only(service('type: balanced'))).toMatchObject({ type: 'haproxy', config: { 'loadBalancer.target': 'x' } });
  });

  it('is told near names of the catalog too', () => {
    expect(messageOf(service('type: big-cach'))).toContain('Did you mean “big-cache”');
  });

  it('says where in the item an error is, and leaves its warnings to those who wrote it', () => {
    expect(plan(service('type: broken')).diagnostics).toMatchObject([{ code: 'config-invalid', file: 'catalog:broken:1.0', line: 1 }]);
    expect(findingsOf(plan(service('type: odd')))).toEqual([]);
  });

  it('that is of itself alone is told that no type of the name ships', () => {
    expect(messageOf(service('type: itself'))).toContain('No type “itself” ships');
  });

  it.each([
    ['ring-a', 'catalog-cycle', 'ring-a:1.0 → ring-b:1.0 → ring-a:1.0'],
    ['old', 'catalog-deprecated', 'is deprecated'],
    ['gone', 'catalog-disabled', 'is disabled'],
    ['place', 'catalog-not-entity', 'is a location in the catalog'],
    ['elsewhere', 'catalog-not-entity', 'says no type'],
  ])('of %s gets %s', (type, code, message) => {
    const found = plan(service(`type: ${type}`)).diagnostics.find((finding) => finding.code === code);
    expect(found?.message).toContain(message);
  });
});
