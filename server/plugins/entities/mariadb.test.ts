import { describe, expect, it } from 'vitest';
import { aHost, anInstance } from '../../testing/records.ts';
import { plugin } from './mariadb.ts';

const parse = (config: Record<string, unknown>) => plugin.config.parse(config);

describe('mariadb', () => {
  it('keeps its data in a volume and makes what the blueprint names', () => {
    const config = parse({
      database: 'shop',
      user: 'shop',
      password: 'x',
      rootPassword: 1234,
      'datastore.creation.script.contents': 'SELECT 1;',
    });
    expect(plugin.container?.toSpec(config)).toMatchObject({
      image: 'mariadb:10.11',
      command: ['mariadbd', '--skip-name-resolve', '--port=3306'],
      env: { MARIADB_DATABASE: 'shop', MARIADB_USER: 'shop', MARIADB_PASSWORD: 'x', MARIADB_ROOT_PASSWORD: '1234' },
      volumes: [{ name: 'data', path: '/var/lib/mysql', readOnly: false }],
      files: [{ path: '/docker-entrypoint-initdb.d/10-creation-script.sql', content: 'SELECT 1;', mode: 0o644 }],
      ports: [{ container: 3306, protocol: 'tcp', host: null }],
    });
  });

  it('has a random root password unless one is given', () => {
    expect(plugin.container?.toSpec(parse({})).env).toEqual({ MARIADB_RANDOM_ROOT_PASSWORD: 'yes' });
  });

  it('speaks to an image of MySQL in its words', () => {
    const config = parse({ 'docker.image.name': 'mysql', 'docker.image.tag': 8, database: 'a' });
    expect(plugin.container?.toSpec(config)).toMatchObject({
      image: 'mysql:8',
      env: { MYSQL_RANDOM_ROOT_PASSWORD: 'yes', MYSQL_DATABASE: 'a' },
    });
    expect(plugin.container?.readiness(config)).toMatchObject({ kind: 'exec', argv: expect.arrayContaining(['mysqladmin', 'ping']) });
  });

  it('refuses a user without a password', () => {
    expect(plugin.config.safeParse({ user: 'a' }).error?.issues[0]?.path).toEqual(['password']);
  });

  it('publishes its URL through its host', () => {
    const instance = anInstance({ id: 'i', ports: [{ container: 3306, host: 32770, protocol: 'tcp' }] });
    const sensors = plugin.container?.sensors({ config: parse({}), instance, host: aHost({ id: 'h', address: '10.0.0.3' }) });
    expect(sensors).toMatchObject({ 'datastore.url': 'mysql://10.0.0.3:32770/', 'mysql.port': 32770, 'host.address': '10.0.0.3' });
    expect(sensors).not.toHaveProperty(['main.uri']);
  });

  it('says which of its config is secret', () => {
    expect(plugin.secretKeys).toEqual(['password', 'rootPassword']);
  });
});
