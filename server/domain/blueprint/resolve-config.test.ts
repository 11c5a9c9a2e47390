import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expressionOf } from '../../testing/expressions.ts';
import { type World, worldOf } from '../../testing/live-world.ts';
import type { ConfigValue } from './config-value.ts';
import { resolveConfig } from './resolve-config.ts';
import type { TypeRegistry } from './type-registry.ts';

const dsl = (text: string): ConfigValue => expressionOf(`$brooklyn:${text}`);

function resolve(world: World, self: string, value: ConfigValue) {
  const entity = world.of(self);
  const config = { ...entity.spec.config, key: value };
  const resolved = resolveConfig({ self: { ...entity, spec: { ...entity.spec, config } }, view: world, now: 1000 });
  if (resolved.ok) return { ok: true, value: { key: resolved.value.key } };
  return 'error' in resolved ? resolved : { ok: false, waitingFor: resolved.waitingFor };
}

const SERVER = { id: 'server', title: 'Server', aliases: [], kind: 'container', flags: {}, sensors: [] } as const;

const shop = worldOf(
  { id: 'app', config: { title: 'Shop', 'db.name': 'visitors' } },
  { id: 'web', parent: 'app', planId: 'web' },
  { id: 'web-1', parent: 'web', config: { port: 80 } },
  {
    id: 'db',
    parent: 'app',
    planId: 'db',
    sensors: { 'datastore.url': 'mysql://10.0.0.1:3306/', zero: 0, no: false, none: null, empty: '', list: [], map: {} },
  },
);

describe('resolveConfig', () => {
  it('leaves plain values as they are', () => {
    expect(resolve(shop, 'web', { a: [1, 'x', null, true] })).toEqual({ ok: true, value: { key: { a: [1, 'x', null, true] } } });
  });

  it('evaluates expressions anywhere in a value', () => {
    const url = dsl('formatString("jdbc:%s%s", component("db").attributeWhenReady("datastore.url"), config("db.name"))');
    expect(resolve(shop, 'web-1', { env: [url] })).toEqual({ ok: true, value: { key: { env: ['jdbc:mysql://10.0.0.1:3306/visitors'] } } });
  });

  it.each(['zero', 'no', 'none', 'empty', 'list', 'map', 'missing'])('waits while sensor %s is not truthy, and says for what', (sensor) => {
    expect(resolve(shop, 'web', dsl(`component("db").attributeWhenReady("${sensor}")`))).toEqual({ ok: false, waitingFor: `db.${sensor}` });
  });

  it('leaves out what the type does not declare, though others may read it: nothing waits for it', () => {
    const types: TypeRegistry = new Map([['server', { ...SERVER, config: z.looseObject({ port: z.unknown() }) }]]);
    const config = { port: 80, note: dsl('component("db").attributeWhenReady("missing")') };
    const web = { ...shop.of('web'), type: 'server' };
    const resolved = resolveConfig({ self: { ...web, spec: { ...web.spec, type: 'server', config } }, view: shop, types, now: 0 });
    expect(resolved).toMatchObject({ ok: true, value: { port: 80 } });
    expect(resolved).not.toHaveProperty('value.note');
  });

  it('tells an error before a wait', () => {
    const config = { a: dsl('component("db").attributeWhenReady("missing")'), b: dsl('component("nobody").config("x")') };
    const web = shop.of('web');
    expect(resolveConfig({ self: { ...web, spec: { ...web.spec, config } }, view: shop, now: 0 })).toMatchObject({
      ok: false,
      error: { code: 'blueprint.invalid' },
    });
  });

  it('gives a reference where an entity is meant', () => {
    expect(resolve(shop, 'web-1', dsl('component("db")'))).toEqual({ ok: true, value: { key: { $entity: 'db' } } });
    expect(resolve(shop, 'web-1', dsl('parent()'))).toEqual({ ok: true, value: { key: { $entity: 'web' } } });
    expect(resolve(shop, 'web-1', dsl('root()'))).toEqual({ ok: true, value: { key: { $entity: 'app' } } });
    expect(resolve(shop, 'app', dsl('child("web")'))).toEqual({ ok: true, value: { key: { $entity: 'web' } } });
    expect(resolve(shop, 'app', dsl('descendant("web-1")'))).toEqual({ ok: true, value: { key: { $entity: 'web-1' } } });
    expect(resolve(shop, 'web', dsl('sibling("db")'))).toEqual({ ok: true, value: { key: { $entity: 'db' } } });
    expect(resolve(shop, 'web-1', dsl('ancestor("web")'))).toEqual({ ok: true, value: { key: { $entity: 'web' } } });
    expect(resolve(shop, 'web-1', dsl('component("sibling", "db")')).ok).toBe(false);
  });

  it('finds the nearest of several with one id, and the id of the blueprint before an entity’s', () => {
    const view = worldOf(
      { id: 'app' },
      { id: 'east', parent: 'app' },
      { id: 'west', parent: 'app' },
      { id: 'east-db', parent: 'east', planId: 'db' },
      { id: 'west-db', parent: 'west', planId: 'db' },
      { id: 'west-web', parent: 'west' },
      { id: 'db', parent: 'west' },
    );
    expect(resolve(view, 'west-web', dsl('component("db")'))).toEqual({ ok: true, value: { key: { $entity: 'west-db' } } });
    expect(resolve(view, 'app', dsl('component("db")'))).toEqual({ ok: true, value: { key: { $entity: 'east-db' } } });
  });

  it('passes over an entity that is being destroyed', () => {
    const view = worldOf(
      { id: 'app' },
      { id: 'old', parent: 'app', planId: 'db', goal: 'destroyed' },
      { id: 'new', parent: 'app', planId: 'db' },
    );
    expect(resolve(view, 'app', dsl('component("db")'))).toEqual({ ok: true, value: { key: { $entity: 'new' } } });
  });

  it('evaluates inherited config where it is declared', () => {
    const view = worldOf(
      { id: 'app', sensors: { me: 'app' }, config: { who: dsl('attributeWhenReady("me")') } },
      { id: 'web', parent: 'app', sensors: { me: 'web' } },
    );
    expect(resolve(view, 'web', dsl('config("who")'))).toEqual({ ok: true, value: { key: 'app' } });
  });

  it('merges the environment from above, each entry evaluated where it stands, and lets a blank one remove it', () => {
    const view = worldOf(
      { id: 'app', sensors: { me: 'app' }, config: { 'shell.env': { A: dsl('attributeWhenReady("me")'), B: 'app', C: 'app' } } },
      { id: 'web', parent: 'app', sensors: { me: 'web' }, config: { 'shell.env': { B: 'web', C: null } } },
    );
    expect(resolve(view, 'web', dsl('config("shell.env")'))).toEqual({ ok: true, value: { key: { A: 'app', B: 'web' } } });
  });

  it('gives the default of a parameter, the nearest first, and nothing that never passes down', () => {
    const title = (defaultValue: string) => ({ parameters: [{ name: 'title', type: 'string', defaultValue }] });
    const view = worldOf(
      { id: 'app', spec: title('App'), config: { 'docker.container.openPorts': [80] } },
      { id: 'group', parent: 'app', spec: title('Group') },
      { id: 'web', parent: 'group' },
    );
    expect(resolve(view, 'web', dsl('config("title")'))).toEqual({ ok: true, value: { key: 'Group' } });
    expect(resolve(view, 'web', dsl('config("docker.container.openPorts")'))).toEqual({ ok: true, value: { key: null } });
  });

  it('ends a circle of config with an error', () => {
    const view = worldOf({ id: 'a', config: { x: dsl('config("y")'), y: dsl('config("x")') } });
    expect(resolveConfig({ self: view.of('a'), view, now: 0 })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('itself') },
    });
  });

  it('gives up on values that multiply', () => {
    const config: Record<string, ConfigValue> = { k0: 'x'.repeat(100) };
    for (let level = 1; level <= 40; level += 1)
      config[`k${level}`] = dsl(`formatString("%s%s", config("k${level - 1}"), config("k${level - 1}"))`);
    const view = worldOf({ id: 'a', config });
    const begun = performance.now();
    expect(resolve(view, 'a', dsl('config("k40")')).ok).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('encodes for forms, replaces by pattern, and takes literals as they are', () => {
    expect(resolve(shop, 'web', dsl('urlEncode("a b&c/é~")'))).toEqual({ ok: true, value: { key: 'a+b%26c%2F%C3%A9%7E' } });
    expect(resolve(shop, 'web', dsl('regexReplacement("a-b", "-", "_")'))).toEqual({ ok: true, value: { key: 'a_b' } });
    expect(resolve(shop, 'web', dsl('literal("$brooklyn:self()")'))).toEqual({ ok: true, value: { key: '$brooklyn:self()' } });
  });
});
