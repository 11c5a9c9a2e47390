import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { plugin } from './solr.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'clocker-solr-'));
mkdirSync(`${dir}/bin`);
for (const name of ['init-var-solr', 'precreate-core', 'solr-foreground', 'wget', 'tar']) {
  writeFileSync(`${dir}/bin/${name}`, `#!/bin/sh\necho ${name} "$@" >>${dir}/calls\n`, { mode: 0o755 });
}

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Programs of its image that its start calls, with `/var/solr` in a folder of the test. */
function started(given: object): readonly string[] {
  const config = plugin.config.parse(given);
  const [program = '', ...args] = plugin.container?.toSpec(config).command ?? [];
  const moved = args.map((arg) => arg.replaceAll('/var/solr', `${dir}/solr`));
  rmSync(`${dir}/calls`, { force: true });
  expect(spawnSync(program, moved, { env: { ...process.env, PATH: `${dir}/bin:${process.env.PATH}` } }).status).toBe(0);
  return readFileSync(`${dir}/calls`, 'utf8').trim().split('\n');
}

it('says that it was never tried', () => expect(plugin.unverified).toBe('the image of Solr'));

it('makes a core with Solr’s own configuration, and one of an archive that it fetches once', () => {
  const given = { 'solr.http.port': 9000, 'solr.core.config': { plain: '', 'a-b': "https://example.org/a'b.tgz" } };
  expect(started(given)).toEqual([
    'init-var-solr',
    'precreate-core plain',
    "wget -q -O /tmp/core.tgz https://example.org/a'b.tgz",
    `tar -xzf /tmp/core.tgz -C ${dir}/solr/data/a-b`,
    'solr-foreground -p 9000',
  ]);
  expect(readFileSync(`${dir}/solr/data/a-b/core.properties`, 'utf8')).toBe('name=a-b\n');
  expect(started(given)).toEqual(['init-var-solr', 'precreate-core plain', 'solr-foreground -p 9000']);
});

it('refuses names of cores that climb out of their folder', () => {
  expect(plugin.config.safeParse({ 'solr.core.config': { '../etc': '' } }).success).toBe(false);
});
