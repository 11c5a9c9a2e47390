import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { SAMPLED_STORES } from '../testing/sampled-stores.ts';
import { testLab } from '../testing/test-lab.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { restartEntity } from './commands/entity-effectors.ts';
import { updateApplication } from './commands/update-application.ts';
import { requirePlace, runWhereItRuns } from './feeds/run-where-it-runs.ts';
import { previewDeletion } from './queries/deletion-preview.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('storestest');
/** Nothing on it but sshd, and no Docker. */
const MACHINE = 'lab:(bare=true,memory=512m)';

let world: EmptyWorld;

function states(applicationId: ApplicationId): readonly string[] {
  return world.store.view
    .entitiesOf(applicationId)
    .map(({ name, actual, problems, waitingFor }) => `${name} ${actual} ${Object.values(problems).join('; ')} ${waitingFor ?? ''}`.trim());
}

async function running(applicationId: ApplicationId): Promise<void> {
  const wait = { timeout: 6 * MINUTES, interval: 200 };
  await vi.waitFor(() => expect(states(applicationId).filter((state) => !/ RUNNING$/.test(state))).toEqual([]), wait);
}

function named(applicationId: ApplicationId, planId: string): Entity {
  const found = world.store.view.entitiesOf(applicationId).find((entity) => entity.planId === planId);
  if (!found) throw new Error(`no ${planId}`);
  return found;
}

function metric(applicationId: ApplicationId, sensor: string): unknown {
  return world.engine.context.metrics.heard(named(applicationId, 'db').id, sensor)?.value;
}

async function onMachine(entity: Entity, script: string): Promise<string> {
  const place = requirePlace(world.engine.context, entity);
  const { stdout, stderr } = await runWhereItRuns(place, { script, env: {} }, { timeoutMs: 30_000 });
  return `${stdout}${stderr}`.trim();
}

/** Brings the process of an entity down by `end`, and waits until another serves. */
async function healed(applicationId: ApplicationId, planId: string, end: (pid: number) => Promise<unknown>): Promise<void> {
  const instanceOf = () => world.store.view.get('instance', String(named(applicationId, planId).instanceId));
  const pid = instanceOf()?.process?.pid ?? 0;
  expect(pid).toBeGreaterThan(1);
  await end(pid);
  await vi.waitFor(() => expect(instanceOf()).toMatchObject({ ready: true, process: { pid: expect.not.toSatisfy((is) => is === pid) } }), {
    timeout: 2 * MINUTES,
    interval: 100,
  });
  await running(applicationId);
}

async function deleted(applicationId: ApplicationId, removeVolumes: boolean): Promise<void> {
  await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes });
  await vi.waitFor(() => expect(world.store.view.get('application', applicationId)).toBeUndefined(), { timeout: 2 * MINUTES });
  expect([...world.store.view.all('volume').values()]).toEqual([]);
}

describe('databases on machines without Docker', () => {
  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
  }, 8 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 5 * MINUTES);

  it.skipIf(!SAMPLED_STORES.includes('mariadb'))(
    'MariaDB: made once with its script, user and database, and its rows outlive its process, a restart and an update',
    async () => {
      const { context } = world.engine;
      const text = (port: number): string => `
name: Notes
services:
- type: org.apache.brooklyn.entity.database.mysql.MySqlNode
  id: db
  name: Database
  location: ${MACHINE}
  brooklyn.config:
    database: notes
    user: ann
    password: "it's $HOME \\\\ \\"secret\\""
    mysql.port: ${port}
    datastore.creation.script.contents: |
      CREATE TABLE notes (text VARCHAR(200));
      INSERT INTO notes VALUES ('it''s first');
`;
      const { applicationId } = await deployApplication(context, USER, { text: text(3310) });
      await running(applicationId);
      const query = (sql: string): Promise<string> =>
        onMachine(
          named(applicationId, 'db'),
          `export MYSQL_PWD='it'\\''s $HOME \\ "secret"'; mariadb --no-defaults -h 127.0.0.1 -P 3310 -u ann -N -B notes -e "${sql}"`,
        );
      expect(await query('SELECT text FROM notes')).toBe("it's first");
      const { sensors } = named(applicationId, 'db');
      expect(sensors['datastore.url']).toBe(`mysql://${sensors['host.address']}:3310/`);
      expect(await onMachine(named(applicationId, 'db'), 'systemctl is-active mariadb; ls /usr/sbin/policy-rc.d')).toMatch(
        /^inactive\nls:/,
      );
      await query("INSERT INTO notes VALUES ('second')");
      await healed(applicationId, 'db', (pid) => onMachine(named(applicationId, 'db'), `kill -9 ${pid}`));
      await healed(applicationId, 'db', () => restartEntity(context, USER, { entityId: named(applicationId, 'db').id }));
      expect(await query('SELECT COUNT(*) FROM notes')).toBe('2');
      await updateApplication(context, USER, { applicationId, text: text(3311), expectedGeneration: 1 });
      await vi.waitFor(() => expect(named(applicationId, 'db').sensors['mysql.port']).toBe(3311), { timeout: MINUTES });
      await running(applicationId);
      expect((await query('SELECT COUNT(*) FROM notes')).includes("Can't connect")).toBe(true);
      const volumes = previewDeletion(world.store.view, applicationId).volumes;
      expect(volumes).toMatchObject([
        { entity: 'Database', name: 'data', volumeName: expect.stringMatching(/^\/var\/lib\/clocker-data\//) },
      ]);
      await vi.waitFor(() => expect(metric(applicationId, 'mysql.connections')).toBeGreaterThan(0), { timeout: MINUTES });
      await deleted(applicationId, true);
    },
    12 * MINUTES,
  );

  it.skipIf(!SAMPLED_STORES.includes('postgresql'))(
    'PostgreSQL: made once with its roles, script, user and database, and its rows outlive its process and a restart',
    async () => {
      const { context } = world.engine;
      const text = `
name: Orders
services:
- type: org.apache.brooklyn.entity.database.postgresql.PostgreSqlNode
  id: db
  name: Database
  location: ${MACHINE}
  brooklyn.config:
    postgresql.database: orders
    postgresql.username: ann
    postgresql.password: "it's $HOME \\\\ \\"secret\\""
    postgresql.port: 5440+
    postgresql.roles: { Reader: { properties: NOLOGIN, privileges: [SELECT ON ALL TABLES IN SCHEMA public] } }
    datastore.creation.script.contents: |
      CREATE TABLE orders (text VARCHAR(200));
      INSERT INTO orders VALUES ('it''s first');
`;
      const { applicationId } = await deployApplication(context, USER, { text });
      await running(applicationId);
      const query = (sql: string): Promise<string> =>
        onMachine(
          named(applicationId, 'db'),
          `export PGPASSWORD='it'\\''s $HOME \\ "secret"'; psql -X -A -t -h 127.0.0.1 -p 5440 -U ann -d orders -c "${sql}"`,
        );
      expect(await query('SELECT text FROM orders')).toBe("it's first");
      expect(await query("SELECT grantee FROM information_schema.table_privileges WHERE grantee = 'Reader'")).toBe('Reader');
      expect(await onMachine(named(applicationId, 'db'), 'PGPASSWORD=wrong psql -X -h 127.0.0.1 -p 5440 -U ann orders')).toContain(
        'failed',
      );
      const { sensors } = named(applicationId, 'db');
      expect(sensors['datastore.url']).toBe(`postgresql://${sensors['host.address']}:5440/`);
      await query("INSERT INTO orders VALUES ('second')");
      await healed(applicationId, 'db', (pid) => onMachine(named(applicationId, 'db'), `kill -9 ${pid}`));
      await healed(applicationId, 'db', () => restartEntity(context, USER, { entityId: named(applicationId, 'db').id }));
      expect(await query('SELECT COUNT(*) FROM orders')).toBe('2');
      await vi.waitFor(() => expect(metric(applicationId, 'postgresql.size')).toBeGreaterThan(1_000_000), { timeout: MINUTES });
      await deleted(applicationId, true);
    },
    12 * MINUTES,
  );

  it.skipIf(!SAMPLED_STORES.includes('redis'))(
    'Redis: a server and replicas on machines of their own; keys outlive the server, and replicas follow it',
    async () => {
      const text = `
name: Keys
services:
- type: org.apache.brooklyn.entity.nosql.redis.RedisCluster
  id: keys
  name: Keys
  location: ${MACHINE}
  brooklyn.config: { cluster.initial.size: 1, redis.port: 6390, redis.password: 'pa$$w0rd' }
`;
      const open = deployApplication(world.engine.context, USER, { text: text.replace(/, redis\.password: \S+/, '') });
      await expect(open).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('no “redis.password”') });
      const { applicationId } = await deployApplication(world.engine.context, USER, { text });
      await running(applicationId);
      const part = (name: string): Entity => {
        const found = world.store.view
          .entitiesOf(applicationId)
          .find((entity) => entity.name.startsWith(name) && entity.instanceId !== null);
        if (!found) throw new Error(`no ${name}`);
        return found;
      };
      const ask = (name: string, words: string): Promise<string> =>
        onMachine(part(name), `REDISCLI_AUTH='pa$$w0rd' redis-cli -p 6390 ${words}`);
      expect(await onMachine(part('Master'), 'redis-cli -p 6390 get colour')).toContain('NOAUTH');
      expect(await onMachine(part('Master'), "ps -ef | grep -c '[p]a\\$\\$w0rd'")).toBe('0');
      expect(await ask('Master', 'set colour red')).toBe('OK');
      const copied = (): Promise<void> =>
        vi.waitFor(async () => expect(await ask('Replica', 'get colour')).toBe('red'), { timeout: MINUTES, interval: 500 });
      await copied();
      expect(await ask('Replica', 'set colour blue')).toContain('READONLY');
      const { sensors } = named(applicationId, 'keys');
      expect(sensors['datastore.url']).toBe(`redis://${part('Master').sensors['host.address']}:6390/`);
      const { heard } = world.engine.context.metrics;
      await vi.waitFor(() => expect(heard(part('Master').id, 'redis.replicas')?.value).toBe(1), { timeout: MINUTES });
      await vi.waitFor(() => expect(heard(part('Replica').id, 'redis.master.link')?.value).toBe(1), { timeout: MINUTES });
      await healed(applicationId, String(part('Master').planId), (pid) => onMachine(part('Master'), `kill -9 ${pid}`));
      expect(await ask('Master', 'get colour')).toBe('red');
      await copied();
      await deleted(applicationId, true);
    },
    12 * MINUTES,
  );
});
