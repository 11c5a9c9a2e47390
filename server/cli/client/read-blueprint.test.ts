// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import { type ReadOptions, readBlueprintInput } from './read-blueprint.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-read-'));
  await mkdir(path.join(folder, 'shop/html'), { recursive: true });
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'outside.env': 'OUT=1',
    'shop/.env': 'TAG=1.25',
    'shop/web.env': 'A=1',
    'shop/html/index.html': '<p>hello</p>',
    'shop/html/logo.png': new Uint8Array([0x89, 0x50, 0xff, 0xfe]),
    'shop/html/unused.txt': 'also in the folder',
    'shop/other.txt': 'nobody refers to it',
    'shop/base.yaml': 'services: {web: {image: "nginx:${TAG}", env_file: web.env}}',
    'shop/prod.yaml': 'services: {web: {restart: always}}',
    'shop/compose.yaml':
      'services:\n  web:\n    extends: {file: base.yaml, service: web}\n    env_file: [../outside.env, link.env]\n    volumes: ["./html:/html:ro"]\n',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  await symlink(path.join(folder, 'outside.env'), path.join(folder, 'shop/link.env'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(options: ReadOptions = {}) {
  const reading = await readBlueprintInput(path.join(folder, 'shop/compose.yaml'), options, library);
  if (!reading.ok) throw new Error(JSON.stringify(reading.diagnostics));
  return reading;
}

it('reads the files that a Compose file refers to, those that they refer to, and no other', async () => {
  const { input } = await read();
  expect(Object.keys(input.files ?? {}).sort()).toEqual(['.env', 'base.yaml', 'html/index.html', 'html/unused.txt', 'web.env']);
});

it('tells of a folder that is empty or not there, which Compose would make', async () => {
  await writeFile(path.join(folder, 'shop/db.yaml'), 'services: {db: {image: postgres, volumes: ["./pgdata:/var/lib/postgresql/data"]}}');
  const reading = await readBlueprintInput(path.join(folder, 'shop/db.yaml'), {}, library);
  expect(reading).toMatchObject({ ok: true, input: { files: { 'pgdata/': '' } } });
});

it('leaves alone what is outside of the folder, also behind a link, and says so', async () => {
  const { notRead } = await read();
  expect(notRead.map(({ name }) => name).sort()).toEqual(['../outside.env', 'link.env']);
  expect(notRead[0]?.reason).toContain('outside of the folder');
});

it('reads what is outside where it was named', async () => {
  const { input, notRead } = await read({ allowed: [path.join(folder, 'outside.env')] });
  expect(notRead).toEqual([]);
  expect(input.files).toMatchObject({ '../outside.env': 'OUT=1', 'link.env': 'OUT=1' });
});

it('takes further files of the command line as overlays', async () => {
  const { input } = await read({ overlays: [path.join(folder, 'shop/prod.yaml')] });
  expect(input.overlays).toEqual(['prod.yaml']);
  expect(input.files?.['prod.yaml']).toContain('restart');
});

it('gives Compose the environment, over which values of the command line count', async () => {
  const { input } = await read({ variables: { PATH: 'mine', MORE: 'x' } });
  expect(input.variables).toMatchObject({ PATH: 'mine', MORE: 'x', HOME: process.env.HOME });
});

it('gives CAMP no environment', async () => {
  await writeFile(path.join(folder, 'camp.yaml'), 'services:\n- type: docker:nginx\n');
  const reading = await readBlueprintInput(path.join(folder, 'camp.yaml'), {}, library);
  expect(reading).toMatchObject({ ok: true, input: { variables: {} } });
});

it('names the file that cannot be read', async () => {
  await expect(readBlueprintInput(path.join(folder, 'nothing.yaml'), {}, library)).rejects.toThrow('there is no such file');
});

it('reads the folders that images are built from, without what .dockerignore leaves out and without the blueprint', async () => {
  const at = path.join(folder, 'built');
  await mkdir(path.join(at, 'bin'), { recursive: true });
  await mkdir(path.join(at, 'node_modules/left'), { recursive: true });
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'compose.yaml': 'services: {web: {build: .}, other: {build: ./nothing}}',
    Dockerfile: 'FROM debian\n',
    '.dockerignore': 'node_modules\nDockerfile\n',
    'bin/start.sh': '#!/bin/sh\n',
    'logo.png': new Uint8Array([0x89, 0x50, 0xff, 0xfe]),
    'node_modules/left/pad.js': '',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(at, name), content);
  await chmod(path.join(at, 'bin/start.sh'), 0o755);
  await symlink('logo.png', path.join(at, 'same.png'));
  await symlink(path.join(folder, 'outside.env'), path.join(at, 'outside.env'));
  const reading = await readBlueprintInput(path.join(at, 'compose.yaml'), {}, library);
  if (!reading.ok) throw new Error('it cannot be read');
  const [found] = reading.contexts.values();
  expect(reading.input.contexts).toEqual({ '.': '' });
  expect(found?.map(({ path: name, executable }) => `${name}${executable ? '*' : ''}`)).toEqual([
    '.dockerignore',
    'Dockerfile',
    'bin/start.sh*',
    'logo.png',
    'same.png',
  ]);
  expect(reading.notRead.map(({ name }) => name)).toEqual(['./outside.env']);
});

it('reads a Dockerfile that CAMP names, and refuses a folder that is too large with its largest files', async () => {
  const at = path.join(folder, 'camp-built');
  await mkdir(path.join(at, 'web'), { recursive: true });
  await writeFile(path.join(at, 'web/Dockerfile'), 'FROM debian\n');
  await writeFile(path.join(at, 'web/film.mp4'), new Uint8Array(21 * 1024 * 1024));
  const service = (config: string) => `services:\n- type: docker-container\n  brooklyn.config: ${config}\n`;
  await writeFile(path.join(at, 'file.yaml'), service('{ docker.dockerfile.url: web/Dockerfile }'));
  await writeFile(path.join(at, 'folder.yaml'), service('{ docker.build: { context: web } }'));
  const reading = await readBlueprintInput(path.join(at, 'file.yaml'), {}, library);
  expect(reading).toMatchObject({ ok: true, input: { files: { 'web/Dockerfile': 'FROM debian\n' } } });
  await expect(readBlueprintInput(path.join(at, 'folder.yaml'), {}, library)).rejects.toThrow(
    'web has 21 MiB, more than 20 MiB; the largest are film.mp4 (21 MiB)',
  );
});

it('tells what stands where a folder to build from is to be, and cannot be read as one', async () => {
  const at = path.join(folder, 'no-folder');
  await mkdir(at, { recursive: true });
  await writeFile(path.join(at, 'web'), 'FROM debian\n');
  await writeFile(
    path.join(at, 'app.yaml'),
    'services:\n- type: docker-container\n  brooklyn.config: { docker.build: { context: web } }\n',
  );
  expect((await readBlueprintInput(path.join(at, 'app.yaml'), {}, library)).notRead).toEqual([{ name: 'web', reason: 'it is no folder' }]);
});
