import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConnection } from './settings.ts';

const NOBODY = 2 ** 22;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-settings-'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  vi.stubEnv('XDG_CONFIG_HOME', path.join(folder, 'config'));
  for (const name of ['CLOCKER_DATA', 'CLOCKER_URL', 'CLOCKER_TOKEN']) vi.stubEnv(name, undefined);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function serves(directory: string, pid: number): Promise<void> {
  const full = path.join(folder, directory);
  await mkdir(full, { recursive: true });
  await writeFile(path.join(full, 'local-token'), `token-of-${path.basename(directory)}\n`);
  await writeFile(path.join(full, 'lock.pid'), `${pid}`);
}

describe('the token of a server of this machine', () => {
  it('is read from the data directory of the demo when that is what runs', async () => {
    await serves('data', NOBODY);
    await serves('data/demo', process.pid);
    expect(await readConnection({})).toEqual({ url: 'http://127.0.0.1:8081', token: 'token-of-demo' });
  });

  it('is that of the console which `npm start` serves when both run', async () => {
    await serves('data', process.pid);
    await serves('data/demo', process.pid);
    expect((await readConnection({})).token).toBe('token-of-data');
  });

  it('is never sent to another machine', async () => {
    await serves('data', process.pid);
    expect((await readConnection({ url: 'https://clocker.example.com' })).token).toBeNull();
  });
});
