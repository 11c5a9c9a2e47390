import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchEvents } from './testing/watch-client.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-main-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function start(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [path.join(ROOT, 'server', 'main.ts')], {
    cwd: folder,
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH ?? '',
      CLOCKER_CONSOLE: 'off',
      CLOCKER_DATA: path.join(folder, 'data'),
      PORT: '0',
      ...env,
    },
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const printed = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', look);
      ended.then(() => reject(new Error(`ended: ${output}`)));
      look();
    });
  for (const stream of [child.stdout, child.stderr]) {
    stream.prependListener('data', (text) => {
      output += String(text);
    });
  }
  return { child, ended, printed, output: () => output };
}

describe('the server process', () => {
  it('prints where the console is and the set-up token, keeps its files to itself, and ends within 3 s with streams open', async () => {
    const server = start({});
    const url = await server.printed(/^Console: (http:\S+)$/m);
    expect(await server.printed(/^Set-up token: (\S+)$/m)).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4})+$/);
    const token = await readFile(path.join(folder, 'data', 'local-token'), 'utf8');
    expect((await stat(path.join(folder, 'data', 'clocker.db'))).mode & 0o077).toBe(0);
    const client = await watchEvents(url, token, { kinds: ['application'] });
    await client.until(() => true);
    const asked = Date.now();
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(3_000);
    expect(await client.closed).toBe(1001);
  });

  it('says why it does not start', async () => {
    const open = start({ HOST: '0.0.0.0' });
    expect(await open.ended).toBe(1);
    expect(open.output()).toMatch(/Will not listen on 0\.0\.0\.0 without TLS.*\nHint: /);
    const wrong = start({ PORT: 'eighty' });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toContain('PORT');
  });

  it('refuses to share its data with a second process', async () => {
    const first = start({});
    await first.printed(/^Console: (\S+)$/m);
    const second = start({});
    expect(await second.ended).toBe(1);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });
});
