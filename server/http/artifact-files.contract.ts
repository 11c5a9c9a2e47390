import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import { removeArtifactRule } from '../engine/commands/artifacts/remove-artifact-rule.ts';
import { setArtifactRule } from '../engine/commands/artifacts/set-artifact-rule.ts';
import { rulesForHosts } from '../engine/sources/rules-for-hosts.ts';
import { freePort } from '../testing/real-sshd.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const ADA: TaskCause = { kind: 'user', by: 'ada' };
const FROM = 'https://repo1.maven.org/maven2/';
let server: TestServer;
let publicUrl: string;

beforeAll(async () => {
  const port = await freePort();
  publicUrl = `http://127.0.0.1:${port}`;
  server = await startTestServer({ PORT: `${port}`, CLOCKER_PUBLIC_URL: publicUrl });
  const folder = path.join(server.dataDirectory, 'artifacts');
  await mkdir(path.join(folder, 'maven'), { recursive: true });
  await writeFile(path.join(folder, 'maven/a b.jar'), 'a jar');
  await writeFile(path.join(folder, 'maven/empty'), '');
  await writeFile(path.join(folder, 'other.txt'), 'for others');
  await symlink(path.join(server.dataDirectory, 'plane.key'), path.join(folder, 'maven/key'));
});
afterAll(async () => server?.stop());

/** Where hosts get what begins with `from`. */
async function granted(to: string, from = FROM): Promise<string> {
  await setArtifactRule(server.services.engine, ADA, { from, to });
  const [rule] = rulesForHosts(server.services.engine, [{ id: from, to }]);
  expect(rule?.to).toMatch(new RegExp(`^${publicUrl}/artifacts/[0-9a-f]{64}/`));
  return rule?.to ?? '';
}

describe('an artifact', () => {
  it('is given to who has the address of a rule that leads to it', async () => {
    const base = await granted('file:maven/');
    const answer = await fetch(`${base}a%20b.jar?x=1`);
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '5', 'a jar']);
    expect((await fetch(`${base}a%20b.jar`, { method: 'HEAD' })).headers.get('content-length')).toBe('5');
    const empty = await fetch(`${base}empty`);
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    expect((await fetch(`${base}a%20b.jar`, { method: 'POST', headers: { origin: server.url } })).status).toBe(405);
  });

  it('is not there for an address that leads elsewhere, was made up, or belongs to a rule that is gone', async () => {
    const base = await granted('file:maven/');
    const root = base.slice(0, -'maven/'.length);
    const made = base.replace(/[0-9a-f]{64}/, '0'.repeat(64));
    const asked = [
      `${root}other.txt`,
      `${base}..%2fother.txt`,
      `${base}%2e%2e/other.txt`,
      `${base}key`,
      base,
      `${base}missing`,
      `${made}a%20b.jar`,
    ];
    for (const address of asked) expect([address, (await fetch(address)).status]).toEqual([address, 404]);
    await removeArtifactRule(server.services.engine, FROM);
    expect((await fetch(`${base}a%20b.jar`)).status).toBe(404);
  });

  it('alone is given by a rule that leads to one file', async () => {
    const address = await granted('file:other.txt', 'https://a.org/other.txt');
    expect(await (await fetch(address)).text()).toBe('for others');
    expect((await fetch(address.replace('other.txt', 'maven/empty'))).status).toBe(404);
  });
});
