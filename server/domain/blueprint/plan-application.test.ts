import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerWith, createPlanner, findingsOf, planOf } from '../../testing/blueprint-types.ts';
import { canonicalJson } from '../shared/json.ts';

const plan = await createPlanner();

describe('planApplication', () => {
  it('wraps a single service in an application', () => {
    const { name, location, root } = planOf(plan('location: east\nservices:\n- type: docker:redis:7\n  id: cache\n'));
    expect({ name, location, type: root.type, path: root.path }).toEqual({
      name: 'cache',
      location: 'east',
      type: 'application',
      path: '.',
    });
    expect(root.children).toEqual([
      {
        type: 'docker-container',
        name: 'cache',
        planId: 'cache',
        path: 'cache',
        location: null,
        config: { 'docker.image.name': 'redis:7' },
        children: [],
        memberSpec: null,
      },
    ]);
  });

  it('takes flags, declared keys at the root and brooklyn.config as the same config', () => {
    const text =
      'services:\n- type: docker:nginx\n  env: {A: b}\n  brooklyn.config:\n    docker.container.openPorts: [80]\n    custom.key: 1\n';
    const result = plan(text);
    expect(planOf(result).root.children[0]?.config).toEqual({
      'docker.image.name': 'nginx',
      'docker.container.environment': { A: 'b' },
      'docker.container.openPorts': [80],
      'custom.key': 1,
    });
    expect(findingsOf(result)).toEqual(['warning config-unknown 6:5']);
  });

  it('lets a cluster have config of its members, and tells what nobody takes', () => {
    const text = (key: string) => `services:\n- type: cluster\n  memberSpec: {type: "docker:nginx"}\n  brooklyn.config:\n    ${key}: 64m\n`;
    expect(findingsOf(plan(text('docker.memory')))).toEqual([]);
    expect(findingsOf(plan(text('docker.memori')))).toEqual(['warning config-unknown 5:5']);
  });

  it('knows a type by Brooklyn’s class name, with a prefix and a version', () => {
    const types = ['java:brooklyn.entity.database.mysql.MySqlNode', 'catalog:MySqlNode:1.0', 'MariaDbNode', 'mariadb'];
    for (const type of types) expect(planOf(plan(`services:\n- serviceType: ${type}\n`)).root.children[0]?.type).toBe('mariadb');
  });

  it('understands a member spec with and without $brooklyn:entitySpec', () => {
    const bare = 'services:\n- type: cluster\n  id: web\n  initialSize: 3\n  memberSpec: {type: "docker:nginx"}\n';
    const wrapped =
      'services:\n- type: DynamicCluster\n  id: web\n  brooklyn.config:\n    cluster.initial.size: 3\n    dynamiccluster.memberspec:\n      $brooklyn:entitySpec:\n        type: docker:nginx\n';
    expect(planOf(plan(bare)).root).toEqual(planOf(plan(wrapped)).root);
    expect(planOf(plan(bare)).root.children[0]?.memberSpec?.path).toBe('web/member');
  });

  it('gives paths that follow ids, then names, and are never given twice', () => {
    const text =
      'services:\n- type: docker:nginx\n- type: docker:nginx\n- {type: "docker:redis", name: My Cache}\n- {type: application, id: group, brooklyn.children: [{type: "docker:redis", id: inner}]}\n';
    const { root } = planOf(plan(text));
    expect(root.children.map((child) => child.path)).toEqual(['nginx', 'nginx-2', 'my-cache', 'group']);
    expect(root.children[3]?.children[0]?.path).toBe('group/inner');
  });

  it('names the nearest key for a typing error', () => {
    const result = plan('sevices:\n- type: docker:nginx\n');
    expect(result.diagnostics.find(({ code }) => code === 'key-unknown')).toMatchObject({
      line: 1,
      column: 1,
      hint: 'Did you mean “services”?',
    });
    expect(result.ok).toBe(false);
  });

  it('names the nearest types for one that it does not know, and keeps the rest for the editor', () => {
    const result = plan('services:\n- type: docker:nginx\n- type: MySqlNod\n  any: thing\n');
    expect(result.diagnostics[0]).toMatchObject({ code: 'unknown-type', line: 3, column: 9, path: 'services[1].type' });
    expect(result.diagnostics[0]?.hint).toContain('MySqlNode');
    expect(result.ok ? [] : result.partial?.root.children.map((child) => child.type)).toEqual(['docker-container', 'MySqlNod']);
  });

  it('puts a config error where the wrong value stands', () => {
    const result = plan(containerWith('docker.container.openPorts:\n- 80\n- 70000\ndocker.memory: lots\n'));
    expect(findingsOf(result)).toEqual(['error config-invalid 6:7', 'error config-invalid 7:20']);
    expect(result.diagnostics[0]?.path).toBe('services[0].brooklyn.config.docker.container.openPorts[1]');
  });

  it('accepts a deferred value wherever a value may come, and still checks what stands beside it', () => {
    const deferred = '$brooklyn:config("x")';
    const good = `docker.container.openPorts: [80, '${deferred}']\ndocker.memory: ${deferred}\ndocker.container.environment: {A: ${deferred}}`;
    expect(plan(containerWith(good)).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const bad = `docker.container.environment:\n  A: ${deferred}\n  B: [1]`;
    expect(findingsOf(plan(containerWith(bad)))).toContain('error config-invalid 6:10');
  });

  it('refuses an entity where a value is needed', () => {
    const result = plan(containerWith('docker.memory: $brooklyn:self()'));
    expect(findingsOf(result)).toEqual(['error dsl-entity-value 4:20']);
  });

  it('keeps the defaults of `brooklyn.parameters` apart from what is given', () => {
    const text = 'brooklyn.parameters:\n- plain\n- {name: title, type: string, default: Shop}\nservices:\n- type: docker:nginx\n';
    const { root } = planOf(plan(text));
    expect(root.config).toEqual({});
    expect(root.parameters?.map(({ name, defaultValue }) => [name, defaultValue])).toEqual([
      ['plain', undefined],
      ['title', 'Shop'],
    ]);
  });

  it('merges maps with <<, own keys before merged ones', () => {
    const text = 'x-base: &base {A: base, B: base}\nservices:\n- type: docker:nginx\n  env: {<<: *base, A: own}\n';
    expect(planOf(plan(text)).root.children[0]?.config['docker.container.environment']).toEqual({ A: 'own', B: 'base' });
  });

  it('never throws and always gives the same answer, whatever the text', () => {
    const token = fc.constantFrom(
      'services:',
      '\n',
      '- ',
      '  ',
      'type: ',
      'docker:',
      'nginx',
      ': ',
      '[',
      ']',
      '{',
      '}',
      '&a ',
      '*a',
      '"',
      "'",
      '|\n',
      '<<: ',
      '#',
      '!x',
      '%',
      '$brooklyn:',
      'component("a")',
      'memberSpec:',
      'id: a',
      '\t',
      '?',
      ',',
      '\u0000',
      'brooklyn.config:',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(token, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (value) => {
        const first = canonicalJson(plan(value));
        return canonicalJson(plan(value)) === first;
      }),
      { numRuns: 200 },
    );
  }, 20_000);

  it('gives each finding of a damaged blueprint a place inside the text', () => {
    const whole =
      'name: Shop\nlocation: east\nservices:\n- type: cluster\n  id: web\n  memberSpec:\n    type: docker:nginx\n    env: {DB: $brooklyn:component("db").attributeWhenReady("host.address")}\n- type: mariadb\n  id: db\n';
    const cut = fc.tuple(fc.nat(whole.length), fc.nat(6), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(cut, ([at, length, put]) => {
        const text = whole.slice(0, at) + put + whole.slice(at + length);
        const lines = text.split('\n');
        for (const { line, column } of plan(text).diagnostics) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
        }
      }),
      { numRuns: 200 },
    );
  }, 20_000);
});
