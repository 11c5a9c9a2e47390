import { expect, it } from 'vitest';
import { BARE_CONTAINER, type ContainerSpec } from '../entity/container-spec.ts';
import { secretParts, secretTextsOf } from './secret-parts.ts';

const STAND_IN = `__secret_${'0'.repeat(32)}__`;
const spec = (fields: Partial<ContainerSpec>): ContainerSpec => ({ ...BARE_CONTAINER, image: 'web', ...fields });
const file = (path: string, content: string) => ({ path, content, mode: 0o644 });

it('names variables that hold a secret, and no other', () => {
  const env = {
    MODE: 'fast',
    PASSWORD: 'x',
    API_TOKEN: '',
    GIVEN: `for ${STAND_IN}`,
    DATABASE: 'postgres://app:hunter2@db/shop',
    COPIED: 'the words correct horse',
  };
  expect(secretParts(spec({ env }), ['correct horse']).variables).toEqual(['PASSWORD', 'GIVEN', 'DATABASE', 'COPIED']);
});

it('names files in which a secret stands, by their paths', () => {
  const files = [
    file('/etc/plain.conf', 'port=80\n'),
    file('/etc/app.conf', 'port=80\n  db_password=hunter2\n'),
    file('/etc/given.conf', `x ${STAND_IN}\n`),
  ];
  expect(secretParts(spec({ files }), []).files).toEqual(['/etc/app.conf', '/etc/given.conf']);
});

it('tells of command, entrypoint, check and labels whether one stands there', () => {
  const parts = secretParts(
    spec({ command: ['run', `--with=${STAND_IN}`], entrypoint: ['/bin/run'], labels: { a: 'b', c: STAND_IN } }),
    [],
  );
  expect(parts).toMatchObject({ command: true, entrypoint: false, healthcheck: false, labels: ['c'] });
});

it('reads the texts of config whose name is secret, however deep', () => {
  const config = { 'db.password': 'hunter2', plain: 'x', 'shell.env': { API_KEY: 'k-1', MODE: 'y' }, own: ['z'] };
  expect(secretTextsOf(config, new Set(['own']))).toEqual(['hunter2', 'k-1', 'z']);
});

it('takes no very short text for a secret that stands elsewhere', () => {
  expect(secretParts(spec({ env: { MODE: 'abc' } }), ['abc']).variables).toEqual([]);
});
