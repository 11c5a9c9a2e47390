// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how templates are written.
import { describe, expect, it } from 'vitest';
import { createPlanner, planOf } from '../../testing/blueprint-types.ts';
import { plantWorld } from '../../testing/planted-world.ts';
import type { Entity } from '../entity/entity.ts';
import type { Json } from '../shared/json.ts';
import { COMPONENT_SCOPES, DSL_FUNCTIONS } from './dsl-functions.ts';
import { parseDsl } from './parse-dsl.ts';
import { resolveConfig } from './resolve-config.ts';

const CATALOG = `
brooklyn.catalog:
  version: "1.0"
  items:
  - id: pair
    item:
      type: application
      brooklyn.children:
      - {type: "docker:a:1", id: inner, brooklyn.config: {top: '$brooklyn:scopeRoot()'}}
      - {type: wrapped, id: wrapped, brooklyn.config: {top: '$brooklyn:scopeRoot()'}}
  - {id: wrapped, item: {type: "docker:b:1", brooklyn.config: {own: '$brooklyn:scopeRoot()'}}}
`;
const plan = await createPlanner([], CATALOG);

/** `X` of the service `web` is the value under test; what else there is, is what rows speak of. */
function blueprint(value: string): string {
  return `
name: Shop
id: shop
location: east
brooklyn.config: { title: Shop, "list.of": [a, b], "map.of": { k: v } }
services:
- type: application
  id: front
  brooklyn.children:
  - type: docker:web:1
    id: web
    name: Web
    brooklyn.config:
      port: 80
      X: ${value}
  - { type: "docker:side:1", id: side }
- { type: mariadb, id: db }
- type: cluster
  id: pool
  initialSize: 2
  memberSpec: { type: "docker:worker:1", id: worker }
- { type: pair, id: pair, brooklyn.config: { mine: $brooklyn:scopeRoot() } }
`;
}

const SENSORS: Readonly<Record<string, Entity['sensors']>> = {
  'front/web': { 'own.sensor': 'seen', zero: 0 },
  db: { 'datastore.url': 'mysql://10.0.0.1:3306/', name: 'a b&c' },
};

const SECRETS = {
  read: (provider: string, name: string) => (provider === 'vault' && name === 'key' ? 'hunter' : undefined),
  conceal: (text: string) => `<${text}>`,
};

/** What the value is, once its blueprint is planned and its entities live. */
function evaluate(value: string, change: (entity: Entity) => Partial<Entity> = ({ id }) => ({ sensors: SENSORS[id] ?? {} }), now = 1000) {
  const { root } = planOf(plan(blueprint(value)));
  const view = plantWorld(root, change);
  const resolved = resolveConfig({ self: view.at('front/web'), view, secrets: SECRETS, now });
  if (resolved.ok) return resolved.value.X;
  return 'error' in resolved
    ? { error: resolved.error.message }
    : { waitingFor: resolved.waitingFor, failure: resolved.failure?.message ?? null };
}

const entity = (path: string): Json => ({ $entity: path });

interface Row {
  readonly of: string;
  /** Inside one text, without the prefix; null where it can only be written as a key. */
  readonly inline: string | null;
  /** The same as a key. */
  readonly map?: string;
  readonly gives: Json;
}

/** Each row of the table of functions. */
const ROWS: readonly Row[] = [
  { of: 'self', inline: 'self()', map: '{ $brooklyn:self: [] }', gives: entity('front/web') },
  { of: 'parent', inline: 'parent()', map: '{ $brooklyn:parent: [] }', gives: entity('front') },
  { of: 'root', inline: 'root()', map: '{ $brooklyn:root: [] }', gives: entity('.') },
  { of: 'scopeRoot', inline: 'scopeRoot()', map: '{ $brooklyn:scopeRoot: [] }', gives: entity('.') },
  { of: 'entityId', inline: 'entityId()', map: '{ $brooklyn:entityId: [] }', gives: 'front/web' },
  { of: 'entityId', inline: 'component("db").entityId()', gives: 'db' },
  { of: 'entity', inline: 'entity("db")', map: '{ $brooklyn:entity: db }', gives: entity('db') },
  { of: 'entity', inline: 'entity(self())', gives: entity('front/web') },
  { of: 'component', inline: 'component("db")', map: '{ $brooklyn:component: [db] }', gives: entity('db') },
  { of: 'component', inline: 'component(config("title").regexReplacement("Shop", "db"))', gives: entity('db') },
  { of: 'component global', inline: 'component("global", "db")', map: '{ $brooklyn:component: [global, db] }', gives: entity('db') },
  { of: 'component this', inline: 'component("this", "")', gives: entity('front/web') },
  { of: 'component parent', inline: 'component("parent", "")', gives: entity('front') },
  { of: 'component root', inline: 'component("root", "")', gives: entity('.') },
  { of: 'component scopeRoot', inline: 'component("scopeRoot", "")', gives: entity('.') },
  { of: 'component child', inline: 'parent().component("child", "web")', gives: entity('front/web') },
  { of: 'component sibling', inline: 'component("sibling", "side")', gives: entity('front/side') },
  { of: 'component descendant', inline: 'root().component("descendant", "web")', gives: entity('front/web') },
  { of: 'component ancestor', inline: 'component("ancestor", "front")', gives: entity('front') },
  { of: 'component members', inline: 'component("pool").component("members", "worker")', gives: entity('pool/member#1') },
  { of: 'component membersOnly', inline: 'component("pool").component("membersOnly", "worker")', gives: entity('pool/member#1') },
  { of: 'component applications', inline: 'component("applications", "shop").entityId()', gives: '.' },
  { of: 'child', inline: 'parent().child("side")', gives: entity('front/side') },
  { of: 'sibling', inline: 'sibling("side")', map: '{ $brooklyn:sibling: side }', gives: entity('front/side') },
  { of: 'descendant', inline: 'root().descendant("side")', gives: entity('front/side') },
  { of: 'ancestor', inline: 'ancestor("front")', map: '{ $brooklyn:ancestor: [front] }', gives: entity('front') },
  { of: 'member', inline: 'component("pool").member("worker")', gives: entity('pool/member#1') },
  { of: 'application', inline: 'application("shop").entityId()', gives: '.' },
  {
    of: 'attributeWhenReady',
    inline: 'component("db").attributeWhenReady("name")',
    map: '{ $brooklyn:component("db").attributeWhenReady: name }',
    gives: 'a b&c',
  },
  {
    of: 'attributeWhenReady',
    inline: null,
    map: '{ $brooklyn:attributeWhenReady: [zero, { wait_for_truthy: false }] }',
    gives: 0,
  },
  {
    of: 'attributeWhenReadyAllowingOnFire',
    inline: 'component("db").attributeWhenReadyAllowingOnFire("name")',
    map: '{ $brooklyn:component("db").attributeWhenReadyAllowingOnFire: [name] }',
    gives: 'a b&c',
  },
  { of: 'config', inline: 'config("port")', map: '{ $brooklyn:config: port }', gives: 80 },
  { of: 'config', inline: 'config("title")', gives: 'Shop' },
  { of: '[]', inline: 'config("list.of")[1]', gives: 'b' },
  { of: '[]', inline: 'config("map.of")["k"]', gives: 'v' },
  { of: '[]', inline: 'config("map.of").k', gives: 'v' },
  { of: 'sensor', inline: 'sensor("any")', map: '{ $brooklyn:sensor: any }', gives: 'any' },
  {
    of: 'sensor',
    inline: 'sensor("mariadb", "datastore.url")',
    map: '{ $brooklyn:sensor: [mariadb, datastore.url] }',
    gives: 'datastore.url',
  },
  { of: 'sensorName', inline: 'sensorName("any")', gives: 'any' },
  { of: 'location', inline: 'location()', map: '{ $brooklyn:location: [] }', gives: 'east' },
  { of: 'location', inline: 'location("0")', map: '{ $brooklyn:location: 0 }', gives: 'east' },
  { of: 'locations', inline: 'locations()', gives: ['east'] },
  {
    of: 'template',
    inline: "template(\"${config['title']} at ${entity.displayName}, ${nothing!'none'}\")",
    gives: 'Shop at Web, none',
  },
  {
    of: 'template',
    inline: null,
    map: '{ $brooklyn:template: ["${a}-${attribute[\'own.sensor\']}", { a: $brooklyn:config("port") }] }',
    gives: '80-seen',
  },
  {
    of: 'formatString',
    inline: 'formatString("%s:%2$s %S", config("title"), config("port"))',
    map: '{ $brooklyn:formatString: ["%s:%2$s %S", $brooklyn:config("title"), $brooklyn:config("port")] }',
    gives: 'Shop:80 80',
  },
  { of: 'formatString', inline: null, map: '{ $brooklyn:formatString: ["%02x", 11] }', gives: '0b' },
  { of: 'urlEncode', inline: 'urlEncode("a b&c")', map: '{ $brooklyn:urlEncode: "a b&c" }', gives: 'a+b%26c' },
  { of: 'urlEncode', inline: 'component("db").attributeWhenReady("name").urlEncode()', gives: 'a+b%26c' },
  { of: 'urlEncodeUserInfo', inline: 'urlEncodeUserInfo("a b@c")', gives: 'a%20b%40c' },
  {
    of: 'regexReplacement',
    inline: 'regexReplacement("a-b", "(a)-", "$1+")',
    map: '{ $brooklyn:regexReplacement: [a-b, "(a)-", "$1+"] }',
    gives: 'a+b',
  },
  {
    of: 'regexReplacement',
    inline: 'component("db").attributeWhenReady("datastore.url").regexReplacement("^mysql", "jdbc")',
    gives: 'jdbc://10.0.0.1:3306/',
  },
  {
    of: 'function.regexReplacement',
    inline: 'function.regexReplacement("a", "b")',
    gives: { $object: { type: 'regex-replacement', config: { pattern: 'a', replacement: 'b' } } },
  },
  { of: 'literal', inline: 'literal("$brooklyn:self()")', map: '{ $brooklyn:literal: "$brooklyn:self()" }', gives: '$brooklyn:self()' },
  { of: 'external', inline: 'external("vault", "key")', map: '{ $brooklyn:external: [vault, key] }', gives: '<hunter>' },
  { of: 'external', inline: 'formatString("x:%s", external("vault", "key"))', gives: '<x:hunter>' },
  {
    of: 'entitySpec',
    inline: null,
    map: '{ $brooklyn:entitySpec: { type: "docker:later:1", id: later } }',
    gives: { $spec: expect.objectContaining({ type: 'docker-container', planId: 'later' }) } as unknown as Json,
  },
  {
    of: 'object',
    inline: null,
    map: '{ $brooklyn:object: { type: BreadthFirstPlacementStrategy } }',
    gives: { $object: { type: 'breadth-first', config: {} } },
  },
  { of: 'chain', inline: null, map: '{ $brooklyn:chain: [$brooklyn:config("map.of"), "[k]"] }', gives: 'v' },
  {
    of: 'chain',
    inline: null,
    map: '{ $brooklyn:chain: [$brooklyn:component("db"), { attributeWhenReady: [name] }, { urlEncode: [] }] }',
    gives: 'a+b%26c',
  },
];

const inline = ROWS.flatMap((row) => (row.inline === null ? [] : [{ ...row, inline: row.inline }]));
const mapped = ROWS.flatMap((row) => (row.map === undefined ? [] : [{ ...row, map: row.map }]));
const yaml = (text: string): string => `'${text.replaceAll("'", "''")}'`;

describe('functions of the DSL', () => {
  it('have a row each, and so have all scopes of component', () => {
    const rows = new Set(ROWS.map(({ of }) => of));
    expect([...DSL_FUNCTIONS.keys()].filter((name) => !rows.has(name))).toEqual([]);
    expect([...COMPONENT_SCOPES.keys()].filter((scope) => !rows.has(`component ${scope}`))).toEqual([]);
  });

  it.each(inline)('$inline is read as calls of functions that there are', ({ inline: text }) => {
    const parsed = parseDsl(`$brooklyn:${text}`);
    expect(parsed.ok && parsed.tree.calls.every(({ name }) => DSL_FUNCTIONS.has(name))).toBe(true);
  });

  it.each(inline)('$inline is planned without a finding, and kept to be evaluated', ({ inline: text }) => {
    const result = plan(blueprint(yaml(`$brooklyn:${text}`)));
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(planOf(result).root.children[0]?.children[0]?.config.X).toEqual({ $dsl: expect.objectContaining({ calls: expect.any(Array) }) });
  });

  it.each(inline)('$inline gives what it says', ({ inline: text, gives }) => {
    expect(evaluate(yaml(`$brooklyn:${text}`))).toEqual(gives);
  });

  it.each(mapped)('$map gives the same, written as a key', ({ map, gives }) => {
    expect(plan(blueprint(map)).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(evaluate(map)).toEqual(gives);
  });
});

describe('scopeRoot', () => {
  it('is the root of the item whose text it stands in, whatever the entity is made of', () => {
    const view = plantWorld(planOf(plan(blueprint('1'))).root);
    const configOf = (path: string) => {
      const resolved = resolveConfig({ self: view.at(path), view, now: 0 });
      return resolved.ok ? resolved.value : resolved;
    };
    expect(configOf('pair')).toMatchObject({ mine: entity('.') });
    expect(configOf('pair/inner')).toMatchObject({ top: entity('pair') });
    expect(configOf('pair/wrapped')).toMatchObject({ top: entity('pair'), own: entity('pair/wrapped') });
  });
});

describe('what a function cannot give', () => {
  it.each([
    ['parent() of the application', 'root().parent()', 'dsl-unknown-entity'],
    ['an entity that is not there', 'component("nobody")', 'dsl-unknown-entity'],
    ['itself among its siblings', 'sibling("web")', 'dsl-unknown-entity'],
    ['a child that is elsewhere', 'child("db")', 'dsl-unknown-entity'],
    ['an ancestor that is none', 'ancestor("db")', 'dsl-unknown-entity'],
    ['an unknown scope', 'component("everywhere", "db")', 'dsl-arguments'],
    ['config that refers to itself', 'config("X")', 'config-cycle'],
    ['too few arguments', 'regexReplacement("a", "b")', 'dsl-arguments'],
    ['a format with too few values', 'formatString("%s %s", "a")', 'dsl-arguments'],
    ['a pattern that is none', 'regexReplacement("a", "(", "b")', 'dsl-arguments'],
    ['a template with directives', 'template("<#if x>")', 'dsl-arguments'],
    ['a function without brackets', 'self', 'dsl-syntax'],
    ['what follows an expression', 'self() and more', 'dsl-syntax'],
    ['an unknown function', 'selff()', 'dsl-unknown-function'],
  ])('%s is told by the plan', (_, text, code) => {
    expect(plan(blueprint(yaml(`$brooklyn:${text}`))).diagnostics.map((finding) => finding.code)).toContain(code);
  });

  it.each([
    ['a location that is not there', 'location("3")', 'there is no location(3)'],
    ['an item beyond the list', 'config("list.of")[7]', 'there is no [7]'],
    ['a placeholder for nothing', 'template("${nothing}")', 'is nothing for “Web”'],
    [
      'a sensor with a secret for its name',
      'component("db").attributeWhenReady(external("vault", "key"))',
      'a secret cannot name anything',
    ],
    ['an item with a secret for its name', 'config("map.of")[external("vault", "key")]', 'a secret cannot name anything'],
    ['a secret that is not there', 'external("vault", "other")', 'There is no secret “other” of the provider “vault”.'],
  ])('%s is told when it is evaluated', (_, text, message) => {
    expect(evaluate(yaml(`$brooklyn:${text}`))).toEqual({ error: expect.stringContaining(message) });
  });

  it('is not a prefix in the middle of a text, which stays as it is', () => {
    expect(evaluate('a $brooklyn:self()')).toBe('a $brooklyn:self()');
  });

  it('is refused beside other keys', () => {
    expect(plan(blueprint('{ $brooklyn:config: a, other: b }')).diagnostics.map(({ code }) => code)).toContain('dsl-siblings');
  });

  it('needs its prefix as an argument of a key: without it, it is a text', () => {
    expect(evaluate('{ $brooklyn:formatString: ["%s", config("port")] }')).toBe('config("port")');
  });
});

describe('waiting', () => {
  const wait = (options: string): string => `{ $brooklyn:component("db").attributeWhenReady: [slow${options}] }`;
  /** Looked at when the wait began at 0, and `now` later. */
  function look(value: string, now: number, target: Partial<Entity> = {}, times: Partial<NonNullable<Entity['waits']>[string]> = {}) {
    return evaluate(
      value,
      ({ id }) => (id === 'db' ? target : id === 'front/web' ? { waits: { 'db slow': { since: 0, ...times } } } : {}),
      now,
    );
  }
  const waiting = { waitingFor: 'db.slow', failure: null };
  const gaveUp = (why: string) => ({ waitingFor: 'db.slow', failure: `Gave up waiting: “db” has had no slow for ${why}.` });
  const days = 86_400_000;

  it.each([
    ['for ever by itself', '', 9 * days, {}, {}, waiting],
    ['no longer than its timeout', ', { timeout: 5m }', 299_999, {}, {}, waiting],
    ['no longer than its timeout', ', { timeout: 5m }', 300_000, {}, {}, gaveUp('5 min')],
    ['for ever where it says so', ', { timeout: forever }', 9 * days, {}, {}, waiting],
    ['one minute for what is down', '', 59_000, { actual: 'STOPPED' }, { downSince: 0 }, waiting],
    ['one minute for what is down', '', 60_000, { actual: 'STOPPED' }, { downSince: 0 }, gaveUp('1 min while it is STOPPED')],
    ['as long as it says for what is down', ', { timeoutIfDown: 2m }', 119_000, { actual: 'STOPPED' }, { downSince: 0 }, waiting],
    [
      'as long as it says for what is down',
      ', { timeout_if_down: 2m }',
      120_000,
      { actual: 'STOPPED' },
      { downSince: 0 },
      gaveUp('2 min while it is STOPPED'),
    ],
    ['15 s for what was on fire from the beginning', '', 14_000, { actual: 'ON_FIRE' }, { onFireSince: 0, downSince: 0 }, waiting],
    [
      '15 s for what was on fire from the beginning',
      '',
      15_000,
      { actual: 'ON_FIRE' },
      { onFireSince: 0, downSince: 0 },
      gaveUp('15 s while it is ON_FIRE'),
    ],
    [
      'not at all for what catches fire later',
      '',
      100_000,
      { actual: 'ON_FIRE' },
      { onFireSince: 100_000, downSince: 100_000 },
      gaveUp('2 min while it is ON_FIRE'),
    ],
    [
      'on, where fire is allowed',
      ', { abort_if_on_fire: false }',
      100_000,
      { actual: 'ON_FIRE' },
      { onFireSince: 0, downSince: 0 },
      waiting,
    ],
    [
      'as long as it says for what is on fire',
      ', { timeout_if_on_fire: 1m }',
      60_000,
      { actual: 'ON_FIRE' },
      { onFireSince: 0, downSince: 0 },
      gaveUp('1 min while it is ON_FIRE'),
    ],
  ] as const)('goes on %s', (_, options, now, target, times, expected) => {
    expect(look(wait(options), now, target, times)).toEqual(expected);
  });

  it('never ends where even fire is allowed by the function', () => {
    const value = `'$brooklyn:component("db").attributeWhenReadyAllowingOnFire("slow")'`;
    expect(look(value, 9 * days, { actual: 'ON_FIRE' }, { onFireSince: 0, downSince: 0 })).toEqual(waiting);
  });

  it('is over when the sensor is there all the same', () => {
    expect(look(wait(', { timeout: 1s }'), 9 * days, { sensors: { slow: 'here' } })).toBe('here');
  });

  it.each(['{ timeout: soon }', '{ timeot: 1m }', '{ wait_for_truthy: maybe }', '[1m]'])('refuses the options %s in a plan', (options) => {
    expect(plan(blueprint(wait(`, ${options}`))).diagnostics.map(({ code }) => code)).toContain('dsl-arguments');
  });
});
