import { describe, expect, it } from 'vitest';
import { createPlanner, findingsOf, planOf } from '../../testing/blueprint-types.ts';

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

  it('wait for what a container is linked to, which has to be a container', () => {
    const linked = (to: string) => `services:
- {type: "docker:a", id: a, links: {db: '$brooklyn:component("${to}")'}}
- {type: "docker:b", id: b, links: {a: '$brooklyn:component("a")'}}
- {type: cluster, id: many, memberSpec: {type: "docker:c"}}
- {type: "docker:d", id: d}
`;
    expect(plan(linked('b')).diagnostics.map(({ code }) => code)).toContain('dependency-cycle');
    expect(plan(linked('many')).diagnostics).toMatchObject([{ code: 'config-invalid', hint: expect.stringContaining('load balancer') }]);
    const result = plan(linked('d'));
    expect(result.ok && result.plan.waits.map(({ waiter, on, sensor }) => `${waiter} ${sensor} ${on}`)).toEqual([
      'a service.isUp d',
      'b service.isUp a',
    ]);
  });

  it('follow config to what it waits for', () => {
    const text = `services:
- {type: "docker:a", id: a, brooklyn.config: {where: '${wait('b')}'}}
- {type: "docker:b", id: b, env: {X: '$brooklyn:component("a").config("where")'}}
`;
    expect(plan(text).diagnostics.map(({ code }) => code)).toContain('dependency-cycle');
  });

  it('follow what a service takes from its application to what that waits for', () => {
    const text = `brooklyn.config: {env: x, docker.container.environment: {X: '${wait('b')}'}}
services:
- {type: "docker:a", id: a}
- {type: "docker:b", id: b}
`;
    expect(plan(text).diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'dependency-cycle',
        message: 'These would wait for each other for ever: b → b.',
        path: 'brooklyn.config.docker.container.environment.X',
      },
    ]);
  });

  it('read a parameter’s default where nothing is given', () => {
    const text = `brooklyn.parameters: [{name: where, type: string, default: '${wait('b')}'}]
services:
- {type: "docker:a", id: a, env: {X: '$brooklyn:config("where")'}}
- {type: "docker:b", id: b}
`;
    const result = plan(text);
    expect(findingsOf(result)).toEqual([]);
    expect(result.ok && result.plan.waits).toEqual([{ waiter: 'a', key: 'docker.container.environment', on: 'b', sensor: 'host.address' }]);
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

  it('know what a process publishes because a parameter is a port, or names a sensor', () => {
    const text = (parameter: string) =>
      `services:\n- {type: VanillaSoftwareProcess, launch.command: x, env: {X: '$brooklyn:attributeWhenReady("a.port")'}, brooklyn.parameters: [${parameter}]}\n`;
    const codes = (parameter: string) => plan(text(parameter)).diagnostics.map(({ code }) => code);
    expect(codes('{name: a.port, type: port}')).not.toContain('dsl-unknown-sensor');
    expect(codes('{name: b, sensor: a.port}')).not.toContain('dsl-unknown-sensor');
    expect(codes('{name: a.port, type: integer}')).toContain('dsl-unknown-sensor');
  });

  it('tell the key that a flag stands for', () => {
    const text =
      'services:\n- {type: "docker:a", env: {X: \'$brooklyn:component("b").config("mysql.password")\'}}\n- {type: mariadb, id: b}\n';
    expect(plan(text).diagnostics[0]).toMatchObject({ code: 'dsl-unknown-config', hint: 'Write config("password").' });
  });

  it('let a sensor of a class be one that its members publish, and tell one that nobody does', () => {
    const text = (sensor: string) =>
      `services:\n- {type: "docker:a", brooklyn.policies: [{type: AutoScalerPolicy, metric: '$brooklyn:sensor("DynamicWebAppCluster", "${sensor}")'}]}\n`;
    const codes = (sensor: string) => plan(text(sensor)).diagnostics.map(({ code }) => code);
    expect(codes('webapp.reqs.perSec.windowed.perNode')).not.toContain('dsl-unknown-sensor');
    expect(codes('webapp.reqs.perSec.windowed.perNod')).toContain('dsl-unknown-sensor');
  });
});

describe('what a plan tells of waiting', () => {
  const waitsOf = (text: string) => planOf(plan(text)).waits.map(({ waiter, key, on, sensor }) => `${waiter} ${key}: ${on} ${sensor}`);
  const process = (id: string, config: string) =>
    `- {type: VanillaSoftwareProcess, id: ${id}, launch.command: x, brooklyn.config: {${config}}}\n`;

  it('is that a process waits for what its environment and latches need, and not for what only config("…") reads', () => {
    const config = `shell.env: {X: '${wait('db')}'}, launch.latch: '${wait('db', 'service.isUp')}', note: '${wait('db', 'mysql.port')}'`;
    expect(waitsOf(`services:\n${process('a', config)}- {type: mariadb, id: db}\n`)).toEqual([
      'a shell.env: db host.address',
      'a latch.launch: db service.isUp',
    ]);
  });

  it('is that a container does not wait for what only config("…") reads', () => {
    const text = `services:\n- {type: "docker:a", id: a, brooklyn.config: {note: '${wait('db')}'}}\n- {type: "docker:b", id: b, env: {X: '$brooklyn:component("a").config("note")'}}\n- {type: mariadb, id: db}\n`;
    expect(waitsOf(text)).toEqual(['b docker.container.environment: db host.address']);
  });

  it('is that members wait for what they get from their cluster', () => {
    const config = `java.sysprops: {url: '${wait('db', 'datastore.url')}'}`;
    const text = `services:\n- {type: WebAppCluster, id: web, brooklyn.config: {${config}}}\n- {type: mariadb, id: db}\n`;
    expect(waitsOf(text)).toEqual(['web/member java.sysprops: db datastore.url']);
  });

  it('is no circle where processes read each other’s addresses, or their own', () => {
    const env = (id: string) => `shell.env: {X: '${wait(id)}', OWN: '$brooklyn:attributeWhenReady("host.name")'}`;
    expect(waitsOf(`services:\n${process('a', env('b'))}${process('b', env('a'))}`)).toEqual([
      'a shell.env: b host.address',
      'b shell.env: a host.address',
    ]);
  });

  it('is a circle where processes launch when the other one is up, and none where one stops so', () => {
    const latch = (key: string, id: string) => `${key}.latch: '${wait(id, 'service.isUp')}'`;
    const codes = (key: string) =>
      plan(`services:\n${process('a', latch('launch', 'b'))}${process('b', latch(key, 'a'))}`).diagnostics.map(({ code }) => code);
    expect(codes('launch')).toContain('dependency-cycle');
    expect(codes('stop')).not.toContain('dependency-cycle');
  });

  it('is cut off where everyone waits for everyone', () => {
    const ids = Array.from({ length: 400 }, (_, index) => `s${index}`);
    const env = ids.map((id) => `    ${id}: ${wait(id)}`).join('\n');
    const services = ids.map((id) => `- {type: VanillaSoftwareProcess, id: ${id}}`).join('\n');
    const waits = waitsOf(`brooklyn.config:\n  shell.env:\n${env}\nservices:\n${services}\n`);
    expect(waits.length).toBeGreaterThan(90_000);
    expect(waits.length).toBeLessThanOrEqual(100_000);
  });
});
