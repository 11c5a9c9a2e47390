import { afterEach, describe, expect, it } from 'vitest';
import type { Adjunct } from '../domain/adjunct/adjunct.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import { maskText } from '../domain/shared/secret-names.ts';
import type { ExecOptions, ExecResult } from '../ports/docker-engine.ts';
import type { NetworkAnswer, NetworkProbe, Prober } from '../ports/prober.ts';
import { CLOUD, type EngineFixture, type EngineFixtureOptions, openEngineFixture } from '../testing/engine-fixture.ts';
import { suspendAdjunct } from './adjuncts/change-adjunct.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { restartEntity, startEntity, stopEntity } from './commands/entity-effectors.ts';
import { setSecret } from './commands/secrets/set-secret.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

interface Given extends EngineFixtureOptions {
  readonly commands?: (options: ExecOptions) => Partial<ExecResult>;
}

async function open({ commands, ...given }: Given = {}): Promise<void> {
  fixture = await openEngineFixture({ hosts: 1, ...given });
  if (commands) for (const machine of fixture.machines) machine.commands = (_, options) => commands(options);
}

/** Deploys one service with one initializer. */
async function deploy(initializer: string, more = ''): Promise<void> {
  const text = `
name: shop
location: ${CLOUD}
services:
- type: docker:web:1
  id: web
  brooklyn.initializers:
  - ${initializer}
${more}`;
  await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
}

function entity(planId = 'web'): Entity {
  const found = [...fixture.store.view.all('entity').values()].find((one) => one.planId === planId);
  if (!found) throw new Error(`no ${planId}`);
  return found;
}

const adjunct = (): Adjunct | undefined => fixture.store.view.adjunctsOf(entity().id)[0];
const sensor = (name: string) => fixture.engine.context.metrics.heard(entity().id, name)?.value ?? entity().sensors[name];

function proberOf(answer: (probe: NetworkProbe) => object): Prober & { readonly asked: NetworkProbe[] } {
  const asked: NetworkProbe[] = [];
  return {
    asked,
    async ask(probe) {
      asked.push(probe);
      return { at: fixture.clock.now(), tookMs: 5, ...answer(probe) } as NetworkAnswer;
    },
  };
}

describe('a command sensor', () => {
  it('publishes what its command prints in the container, again and again', async () => {
    let users = 0;
    const asked: ExecOptions[] = [];
    await open({
      commands: (options) => {
        asked.push(options);
        users += 1;
        return { stdout: `${users}\n` };
      },
    });
    await deploy(
      '{ type: ssh-command-sensor, name: users, command: "count $WHAT", period: 10s, env: { WHAT: users }, executionDir: /srv }',
    );
    expect(sensor('users')).toBe(1);
    expect(asked[0]).toMatchObject({ argv: ['sh'], env: { WHAT: 'users', CLOCKER_FOLDER: '/srv' } });
    expect(asked[0]?.stdin).toContain('cd "$CLOCKER_FOLDER" || exit 1\ncount $WHAT');
    await fixture.pass(30_000);
    expect([sensor('users'), asked.length]).toEqual([4, 4]);
    expect(adjunct()?.highlight).toMatchObject({ level: 'ok', text: 'Asks every 10 s' });
  });

  it('that fails says so and since when, keeps its last value, and is asked less and less often', async () => {
    let fails = false;
    let asked = 0;
    await open({
      commands: () => {
        asked += 1;
        return fails ? { code: 3, stderr: 'warning\nno such table\n' } : { stdout: '7' };
      },
    });
    await deploy('{ type: ssh-command-sensor, name: users, command: count, period: 10s }');
    fails = true;
    await fixture.pass(11_000);
    expect(adjunct()?.highlight).toMatchObject({ level: 'failed', text: 'Failed: exit code 3: no such table' });
    await fixture.pass(200_000);
    expect(sensor('users')).toBe(7);
    expect(adjunct()?.highlight?.text).toMatch(/^Failed \d times in .* (?:s|min): exit code 3/);
    const before = asked;
    await fixture.pass(200_000);
    expect(asked - before).toBe(2);
    fails = false;
    await fixture.pass(110_000);
    expect(adjunct()?.highlight).toMatchObject({ level: 'ok' });
  });

  it('may have a value for when it fails', async () => {
    await open({ commands: () => ({ code: 1 }) });
    await deploy('{ type: ssh-command-sensor, name: users, command: count, period: 10s, value.on.error: -1 }');
    expect(sensor('users')).toBe(-1);
    expect(adjunct()?.highlight?.level).toBe('ok');
  });

  it('asks nothing while it is suspended, its entity is stopped or its host is away', async () => {
    let asked = 0;
    await open({
      commands: () => {
        asked += 1;
        return { stdout: '1' };
      },
    });
    await deploy('{ type: ssh-command-sensor, id: users, name: users, command: count, period: 1s }');
    const rest = async () => {
      await fixture.pass(2_000);
      const before = asked;
      await fixture.pass(10_000);
      return asked - before;
    };
    expect(await rest()).toBe(10);
    const { key = '' } = adjunct() ?? {};
    await suspendAdjunct(fixture.engine.context, USER, { entityId: entity().id, key, suspended: true, why: '' });
    expect([await rest(), adjunct()?.highlight?.text]).toEqual([0, 'Suspended: asks nothing']);
    await suspendAdjunct(fixture.engine.context, USER, { entityId: entity().id, key, suspended: false, why: '' });
    expect(await rest()).toBe(10);
    await stopEntity(fixture.engine.context, USER, { entityId: entity().id });
    expect([await rest(), adjunct()?.highlight?.text]).toEqual([0, 'At rest: web is not to run']);
    await startEntity(fixture.engine.context, USER, { entityId: entity().id });
    expect(await rest()).toBe(10);
    fixture.machines[0]?.setReachable(false);
    await fixture.pass(40_000);
    expect([await rest(), adjunct()?.highlight?.level]).toEqual([0, 'frozen']);
  });

  it('goes on after a crash', async () => {
    await open({ commands: () => ({ stdout: '{"a": [1, 2]}' }) });
    await deploy('{ type: ssh-command-sensor, name: state, command: show, period: 5s }');
    await fixture.crash();
    await fixture.pass(10_000);
    expect([sensor('state'), adjunct()?.highlight?.level]).toEqual([{ a: [1, 2] }, 'ok']);
  });

  it('gets secrets, and no value, highlight or record ever holds one', async () => {
    const env: (Readonly<Record<string, string>> | undefined)[] = [];
    await open({
      commands: (options) => {
        env.push(options.env);
        return { code: 1, stdout: '', stderr: `wrong password ${options.env?.PASSWORD}` };
      },
    });
    await setSecret(fixture.engine.context, USER, { provider: 'vault', name: 'db', secret: 'tr0ub4dor' });
    await deploy(
      `{ type: ssh-command-sensor, name: users, command: count, period: 5s, env: { PASSWORD: '$brooklyn:external("vault", "db")' } }`,
    );
    expect(env[0]?.PASSWORD).toBe('tr0ub4dor');
    expect(adjunct()?.highlight?.text).toBe('Failed: exit code 1: wrong password ***');
    expect(JSON.stringify([...fixture.store.view.all('entity').values(), adjunct()])).not.toContain('tr0ub4dor');
  });

  it('on what runs nothing itself says so', async () => {
    await open();
    const text = `
name: shop
location: ${CLOUD}
brooklyn.initializers:
- { type: ssh-command-sensor, name: users, command: count }
services: [{ type: docker:web:1, id: web }]
`;
    await deployApplication(fixture.engine.context, USER, { text });
    await fixture.pass(5_000);
    const [record] = [...fixture.store.view.all('adjunct').values()];
    expect(record?.highlight).toMatchObject({ level: 'frozen', text: expect.stringContaining('runs nothing itself') });
  });
});

describe('an HTTP sensor', () => {
  it('publishes what a path finds, and the status', async () => {
    const prober = proberOf(() => ({ kind: 'http', status: 200, headers: {}, body: '{"queue": {"size": 12}}' }));
    await open({ prober });
    await deploy(
      `{ type: http-request-sensor, name: size, uri: '$brooklyn:formatString("http://%s/", attributeWhenReady("host.address"))', jsonPath: $.queue.size, statusSensor: status, period: 5s }`,
    );
    expect([sensor('size'), sensor('status')]).toEqual([12, 200]);
    expect(prober.asked[0]).toMatchObject({ kind: 'http', method: 'GET', url: `http://${entity().sensors['host.address']}/` });
  });

  it('says what is wrong with an answer', async () => {
    const prober = proberOf(() => ({ kind: 'http', status: 503, headers: {}, body: 'busy' }));
    await open({ prober });
    await deploy('{ type: http-request-sensor, name: size, uri: "http://web/", statusSensor: status, period: 5s }');
    expect([sensor('size'), sensor('status'), adjunct()?.highlight?.text]).toEqual([undefined, 503, 'Failed: the answer is 503']);
  });
});

describe('other sensors', () => {
  it('of metrics: counters are rates', async () => {
    let requests = 100;
    const prober = proberOf(() => {
      requests += 50;
      return { kind: 'http', status: 200, headers: {}, body: `# TYPE req counter\nreq{c="a"} ${requests}\nreq{c="b"} 1\nload 0.5\n` };
    });
    await open({ prober });
    await deploy(
      '{ type: prometheus-sensor, uri: "http://web/metrics", period: 10s, metrics: [{ metric: req, labels: { c: a }, targetSensor: rate }, { metric: load }] }',
    );
    expect([sensor('rate'), sensor('load'), sensor('rate.total')]).toEqual([undefined, 0.5, 150]);
    await fixture.pass(10_000);
    expect(sensor('rate')).toBe(5);
  });

  it('of metrics may be waited for by others', async () => {
    await open({ prober: proberOf(() => ({ kind: 'http', status: 200, headers: {}, body: 'load 0.5' })) });
    await deploy(
      '{ type: prometheus-sensor, uri: "http://web/metrics", period: 10s, metrics: [{ metric: load, targetSensor: app.load }] }',
      `- type: docker:late:1
  id: late
  brooklyn.config: { env: { LOAD: $brooklyn:component("web").attributeWhenReady("app.load") } }
`,
    );
    expect(entity('late').actual).toBe('RUNNING');
  });

  it('of a port: true while somebody listens', async () => {
    let listens = true;
    await open({ prober: proberOf(() => (listens ? { kind: 'tcp' } : { kind: 'failed', problem: 'nothing listens there' })) });
    await deploy('{ type: tcp-sensor, name: open, port: 80, period: 5s }');
    expect(sensor('open')).toBe(true);
    listens = false;
    await fixture.pass(10_000);
    expect([sensor('open'), adjunct()?.highlight?.text]).toEqual([false, expect.stringContaining('nothing listens there')]);
  });

  it('that are static, and those that an expression makes, are waited for by others', async () => {
    await open();
    await deploy(
      '{ type: static-sensor, name: size, value: "3", targetType: integer }',
      `  - { type: function-sensor, name: double, function: 'sensors["size"] * 2', triggers: [size], period: 1m }
- type: docker:late:1
  id: late
  brooklyn.config: { env: { DOUBLE: $brooklyn:component("web").attributeWhenReady("double") } }
`,
    );
    expect([sensor('size'), sensor('double'), entity('late').actual]).toEqual([3, 6, 'RUNNING']);
    const container = [...(fixture.machines[0]?.containers.values() ?? [])].find(({ request }) => request.spec.image === 'late:1');
    expect(container?.request.spec.env.DOUBLE).toBe('6');
  });

  it('with a password: made once, kept nowhere, given to containers only', async () => {
    await open();
    await deploy(
      '{ type: create-password-sensor, name: login, password.length: 20, password.character.groups: ["!%", "0123456789"] }',
      `- type: docker:late:1
  id: late
  brooklyn.config: { env: { LOGIN: $brooklyn:component("web").attributeWhenReady("login") } }
`,
    );
    const given = () =>
      [...(fixture.machines[0]?.containers.values() ?? [])].find(({ request }) => request.spec.image === 'late:1')?.request.spec.env
        .LOGIN ?? '';
    const password = given();
    expect(password).toMatch(/^(?=.*[!%])(?=.*\d)[a-zA-Z0-9!%]{20}$/);
    expect(maskText(String(entity().sensors.login))).toBe('***');
    expect(JSON.stringify([...fixture.store.view.all('entity').values(), ...fixture.store.view.all('instance').values()])).not.toContain(
      password,
    );
    await fixture.crash();
    await fixture.pass(5_000);
    await restartEntity(fixture.engine.context, USER, { entityId: entity('late').id });
    await fixture.pass(30_000);
    expect([given(), entity('late').actual]).toEqual([password, 'RUNNING']);
  });
});
