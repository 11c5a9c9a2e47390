import { describe, expect, it } from 'vitest';
import { createPlanner, findingsOf } from '../../testing/blueprint-types.ts';

const plan = await createPlanner();
const wait = (id: string, sensor = 'host.address') => `$brooklyn:component("${id}").attributeWhenReady("${sensor}")`;

describe('references of a blueprint', () => {
  it('tell two services that wait for each other', () => {
    const result = plan(
      `services:\n- {type: "docker:a", id: a, env: {X: '${wait('b')}'}}\n- {type: "docker:b", id: b, env: {X: '${wait('a')}'}}\n`,
    );
    expect(result.diagnostics[0]).toMatchObject({ code: 'dependency-cycle', message: expect.stringMatching(/(a → b → a|b → a → b)\.$/) });
  });

  it('tell a long circle by its beginning and its end', () => {
    const service = (n: number) => `- {type: "docker:a", id: s${n}, env: {X: '${wait(`s${(n + 1) % 500}`)}'}}`;
    const [first] = plan(`services:\n${Array.from({ length: 500 }, (_, n) => service(n)).join('\n')}\n`).diagnostics;
    expect(first).toMatchObject({ code: 'dependency-cycle', message: expect.stringContaining(' → … and 491 more … → s') });
    expect(first?.message.length).toBeLessThan(200);
  });

  it('follow config to what it waits for', () => {
    const text = `services:
- {type: "docker:a", id: a, brooklyn.config: {where: '${wait('b')}'}}
- {type: "docker:b", id: b, env: {X: '$brooklyn:component("a").config("where")'}}
`;
    expect(plan(text).diagnostics.map(({ code }) => code)).toContain('dependency-cycle');
  });

  it('allow a load balancer to name the cluster whose members wait for the same database', () => {
    const text = `services:
- {type: haproxy, id: lb, target: '$brooklyn:component("web")'}
- {type: cluster, id: web, memberSpec: {type: "docker:a", env: {X: '${wait('db')}'}}}
- {type: mariadb, id: db}
`;
    expect(findingsOf(plan(text))).toEqual([]);
  });

  it('tell a member that waits until its own cluster is up', () => {
    const text = `services:\n- {type: cluster, id: web, memberSpec: {type: "docker:a", env: {X: '${wait('web', 'service.isUp')}'}}}\n`;
    expect(plan(text).diagnostics.map(({ code }) => code)).toEqual(['dependency-cycle']);
  });

  it('name the nearest id and sensor', () => {
    const unknown = plan(`services:\n- {type: "docker:a", env: {X: '${wait('database')}'}}\n- {type: mariadb, id: databse}\n`);
    expect(unknown.diagnostics[0]).toMatchObject({ code: 'dsl-unknown-entity', hint: 'Did you mean “databse”?' });
    const sensor = plan(`services:\n- {type: "docker:a", env: {X: '${wait('db', 'datastore.ulr')}'}}\n- {type: mariadb, id: db}\n`);
    expect(sensor.diagnostics[0]).toMatchObject({
      code: 'dsl-unknown-sensor',
      severity: 'warning',
      hint: expect.stringContaining('“datastore.url”'),
    });
  });

  it('know sensors that are named after a port', () => {
    expect(
      findingsOf(
        plan(`services:\n- {type: "docker:a", env: {X: '${wait('b', 'mapped.docker.port.6379')}'}}\n- {type: "docker:b", id: b}\n`),
      ),
    ).toEqual([]);
  });

  it('tell the key that a flag stands for', () => {
    const text =
      'services:\n- {type: "docker:a", env: {X: \'$brooklyn:component("b").config("mysql.password")\'}}\n- {type: mariadb, id: b}\n';
    expect(plan(text).diagnostics[0]).toMatchObject({ code: 'dsl-unknown-config', hint: 'Write config("password").' });
  });
});
