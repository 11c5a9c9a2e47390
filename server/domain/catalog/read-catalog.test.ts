import { describe, expect, it } from 'vitest';
import { loadPlugins } from '../../plugins/registry.ts';
import { planApplication } from '../blueprint/plan-application.ts';
import type { TypeLibrary } from '../blueprint/type-library.ts';
import { EMPTY_CATALOG } from './catalog.ts';
import { createCatalog } from './create-catalog.ts';
import { readCatalog } from './read-catalog.ts';

const library: TypeLibrary = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };

function libraryWith(text: string): TypeLibrary {
  return { ...library, catalog: createCatalog(readCatalog({ text }, library).items) };
}

function found(text: string, known = library): readonly string[] {
  return readCatalog({ text }, known).diagnostics.map(
    ({ code, line, column, path, file }) => `${code} ${line}:${column} ${path}${file ?? ''}`,
  );
}

const items = (...lines: readonly string[]): string =>
  `brooklyn.catalog:\n  version: "1.0"\n  items:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

describe('readCatalog', () => {
  it('refuses an item whose plan has an error, at its place', () => {
    const text = `brooklyn.catalog:
  version: "1.0"
  items:
  - id: good
    item: {type: "docker:redis"}
  - id: wrong
    item:
      type: docker:nginx
      brooklyn.config:
        docker.memory: lots
      brooklyn.children:
      - type: nonsense
`;
    expect(found(text)).toEqual([
      'config-invalid 10:24 brooklyn.catalog.items[1].item.brooklyn.config.docker.memory',
      'unknown-type 12:15 brooklyn.catalog.items[1].item.brooklyn.children[0].type',
    ]);
    expect(readCatalog({ text }, library)).toMatchObject({ ok: false, items: [{ symbolicName: 'good' }, { symbolicName: 'wrong' }] });
  });

  it('lets items be of each other in any order, and of what the catalog has', () => {
    const text = items(
      '{id: shop, itemType: application, item: {services: [{type: front, id: web}, {type: store:1.0}]}}',
      '{id: front, item: {type: base}}',
      '{id: base, item: {type: "docker:nginx"}}',
    );
    expect(found(text)).toEqual(['unknown-type 4:88 brooklyn.catalog.items[0].item.services[1].type']);
    expect(found(text, libraryWith(items('{id: store, item: {type: "docker:redis"}}')))).toEqual([]);
  });

  it('finds an item that is of its own type, however far around', () => {
    expect(found(items('{id: me, item: {type: me}}'))).toEqual(['catalog-cycle 4:27 brooklyn.catalog.items[0].item.type']);
    const around = items('{id: a, item: {type: b}}', '{id: b, item: {type: a}}');
    expect(found(around).map((one) => one.split(' ')[0])).toEqual(['catalog-cycle', 'catalog-cycle']);
    const policies = items('{id: p, itemType: policy, item: {type: q}}', '{id: q, itemType: policy, item: {type: p}}');
    expect(found(policies).map((one) => one.split(' ')[0])).toEqual(['catalog-cycle', 'catalog-cycle']);
  });

  it('leaves to the blueprint what an item does not say: needed config, parameters, members and entities around it', () => {
    const text = items(
      '{id: any-image, item: {type: docker-container}}',
      '{id: sized, item: {type: "docker:redis", brooklyn.parameters: [{name: size, type: integer, constraints: [required]}]}}',
      '{id: pool, item: {type: cluster}}',
      `{id: client, item: {type: "docker:nginx", env: {DB: '$brooklyn:component("db").attributeWhenReady("datastore.url")'}}}`,
    );
    expect(found(text)).toEqual([]);
    const whole = items(`{id: app, item: {services: [{type: "docker:nginx", env: {DB: '$brooklyn:component("db").config("x")'}}]}}`);
    expect(found(whole)).toEqual([expect.stringContaining('dsl-unknown-entity 4:')]);
  });

  it('tells what an item of the catalog before has wrong, in the text of that item', () => {
    const before = createCatalog(readCatalog({ text: items('{id: odd, item: {type: gone}}') }, library).items);
    expect(found(items('{id: mine, item: {type: odd}}'), { ...library, catalog: before })).toEqual([
      'unknown-type 1:8 typecatalog:odd:1.0',
    ]);
  });

  it('tells what kind of item it is from its type, where the text does not', () => {
    const text = items(
      '{id: scaler, item: {type: AutoScalerPolicy, brooklyn.config: {minPoolSize: 2}}}',
      '{id: my-scaler, item: {type: scaler}}',
      '{id: hosts, item: {type: byon, brooklyn.config: {hosts: [10.0.0.1]}}}',
      '{id: command, item: {type: SshCommandEffector, name: hello, command: date}}',
      '{id: web, item: {type: "docker:nginx"}}',
    );
    const { items: read, diagnostics } = readCatalog({ text }, library);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(read.map(({ symbolicName, itemType }) => `${symbolicName} ${itemType}`)).toEqual([
      'scaler policy',
      'my-scaler policy',
      'hosts location',
      'command bean',
      'web entity',
    ]);
  });

  it('checks policies, locations and beans as what they are', () => {
    expect(found(items('{id: p, itemType: policy, item: {type: AutoScalerPolicy, brooklyn.config: {minPoolSize: few}}}'))).toEqual(
      expect.arrayContaining(['config-invalid 4:93 brooklyn.catalog.items[0].item.brooklyn.config.minPoolSize']),
    );
    expect(found(items('{id: p, itemType: policy, item: {type: "docker-container"}}')).map((one) => one.split(' ')[0])).toEqual([
      'unknown-type',
    ]);
    expect(found(items('{id: l, itemType: location, item: {type: "nonsense:x"}}')).map((one) => one.split(' ')[0])).toEqual([
      'location-invalid',
    ]);
  });
});

describe('a blueprint with items of the catalog that make no entity', () => {
  const known = libraryWith(
    items(
      '{id: scaler, itemType: policy, item: {type: AutoScalerPolicy, brooklyn.config: {minPoolSize: 2, maxPoolSize: 5}}}',
      '{id: old-form, itemType: enricher, item: {brooklyn.enrichers: [{type: Propagator, brooklyn.config: {propagating: [x]}}]}}',
      '{id: west, itemType: location, item: {type: my-docker-cloud}}',
      '{id: machines, itemType: location, item: {type: byon, brooklyn.config: {hosts: [10.0.0.1], user: root}}}',
      '{id: by-number, itemType: bean, item: {type: BreadthFirstPlacementStrategy}}',
      '{id: gone, itemType: policy, disabled: true, item: {type: AutoScalerPolicy}}',
    ),
  );
  const planned = (text: string) => {
    const result = planApplication({ text }, known);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    return result.plan.root;
  };
  const codes = (text: string) => planApplication({ text }, known).diagnostics.map(({ code, line }) => `${code} ${line}`);

  it('has their policies and enrichers, with its own config over theirs', () => {
    const text = `services:
- type: cluster
  memberSpec: {type: "docker:nginx"}
  brooklyn.policies:
  - {type: scaler, brooklyn.config: {maxPoolSize: 9}}
  brooklyn.enrichers:
  - {type: "old-form:1.0"}
`;
    const [cluster] = planned(text).children;
    expect(cluster).toMatchObject({
      policies: [{ config: { 'autoscaler.minPoolSize': 2, 'autoscaler.maxPoolSize': 9 } }],
      enrichers: [{ config: { 'enricher.propagating.inclusions': ['x'] } }],
    });
  });

  it('runs where their locations say', () => {
    const service = 'services:\n- {type: "docker:nginx"}\n- {type: "docker:redis"}\n';
    expect(planned(`location: west\n${service}`)).toMatchObject({ location: 'my-docker-cloud' });
    expect(planned(`location: machines:1.0\n${service}`)).toMatchObject({
      location: null,
      locations: [{ kind: 'byon', options: { user: 'root', hosts: [{ address: '10.0.0.1', user: 'root' }] } }],
    });
  });

  it('may name them as objects', () => {
    const text = `services:
- type: docker-infrastructure
  brooklyn.config:
    docker.container.strategies:
    - $brooklyn:object: {type: by-number}
`;
    expect(JSON.stringify(planned(text))).toContain('"type":"breadth-first"');
  });

  it('is told of one that is disabled, and of one that is no policy', () => {
    const text = (type: string) => `services:\n- type: docker:nginx\n  brooklyn.policies:\n  - type: ${type}\n`;
    expect(codes(text('gone'))).toContain('catalog-disabled 4');
    expect(codes(text('west'))).toContain('adjunct-kind 4');
  });
});
