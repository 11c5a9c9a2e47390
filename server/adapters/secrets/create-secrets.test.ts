import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { quietLog } from '../../testing/quiet-log.ts';
import { createSecrets } from './create-secrets.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'clocker-secrets-'));
});
afterEach(() => rm(directory, { recursive: true }));

const secretsIn = (name: string) => createSecrets({ file: path.join(directory, name, 'key'), log: quietLog() });

it('opens what it sealed, also after a restart, and never seals alike twice', () => {
  const secrets = secretsIn('a');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const sealed = secrets.seal(text);
      expect(sealed).toMatch(/^v1(\.[\w-]*){3}$/);
      expect(secrets.seal(text)).not.toBe(sealed);
      expect(secrets.open(sealed)).toBe(text);
    }),
    { numRuns: 50 },
  );
  expect(secretsIn('a').open(secrets.seal('text'))).toBe('text');
});

it('refuses an envelope that was changed, cut short, or made with another key', () => {
  const secrets = secretsIn('a');
  const sealed = secrets.seal('some secret text');
  const [version, iv = '', tag = '', data = ''] = sealed.split('.');
  const flipped = `${data.startsWith('A') ? 'B' : 'A'}${data.slice(1)}`;
  const bad = [
    '',
    'text',
    `v2.${iv}.${tag}.${data}`,
    [version, iv, tag, flipped].join('.'),
    [version, iv, tag.slice(0, 6), data].join('.'),
    `${sealed}.x`,
    secretsIn('b').seal('some secret text'),
  ];
  for (const envelope of bad) expect(() => secrets.open(envelope), envelope).toThrow(expect.objectContaining({ code: 'store.corrupt' }));
});

it('verifies its own signatures only', () => {
  const secrets = secretsIn('a');
  const signature = secrets.sign('label');
  expect(signature).toMatch(/^[0-9a-f]{64}$/);
  expect(secrets.verify('label', signature)).toBe(true);
  expect([secrets.verify('other', signature), secrets.verify('label', ''), secrets.verify('label', secretsIn('b').sign('label'))]).toEqual([
    false,
    false,
    false,
  ]);
});

it('makes the key file once, readable by its owner alone, and leaves nothing beside it', async () => {
  const { planeId } = secretsIn('a');
  expect(planeId).toMatch(/^[a-z0-9]{6}$/);
  expect(secretsIn('a').planeId).toBe(planeId);
  expect((await stat(path.join(directory, 'a', 'key'))).mode & 0o777).toBe(0o600);
  expect(await readdir(path.join(directory, 'a'))).toEqual(['key']);
});

it('refuses a damaged key file instead of replacing it', async () => {
  const file = path.join(directory, 'key');
  await writeFile(file, 'clocker-key-v1 abc');
  expect(() => createSecrets({ file, log: quietLog() })).toThrow(expect.objectContaining({ code: 'store.corrupt' }));
  expect(await readFile(file, 'utf8')).toBe('clocker-key-v1 abc');
});

it('derives other bytes for each purpose', () => {
  const secrets = secretsIn('a');
  expect(Buffer.from(secrets.derive('auth'), 'base64')).toHaveLength(32);
  expect(secrets.derive('auth')).not.toBe(secrets.derive('other'));
});
