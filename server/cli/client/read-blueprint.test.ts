import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import { makeZip } from '../../testing/make-zip.ts';
import { readBlueprintInput } from './read-blueprint.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
const MAIN = `tosca_definitions_version: tosca_simple_yaml_1_3
imports: [types.yaml]
topology_template:
  node_templates:
    app: { type: my.App }
`;
const TYPES = `tosca_definitions_version: tosca_simple_yaml_1_3
node_types:
  my.App:
    derived_from: tosca.nodes.SoftwareComponent
    interfaces:
      Standard: { create: ../scripts/create.sh, start: program.sh, stop: absent.sh }
`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-blueprint-'));
  await mkdir(path.join(folder, 'app'));
  await mkdir(path.join(folder, 'scripts'));
  await Promise.all([
    writeFile(path.join(folder, 'app', 'main.yaml'), MAIN),
    writeFile(path.join(folder, 'app', 'types.yaml'), TYPES),
    writeFile(path.join(folder, 'app', 'program.sh'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff])),
    writeFile(path.join(folder, 'app', 'other.yaml'), 'not: referred to'),
    writeFile(path.join(folder, 'scripts', 'create.sh'), 'echo created\n'),
    writeFile(
      path.join(folder, 'app.csar'),
      makeZip([
        { name: 'main.yaml', content: MAIN },
        { name: 'types.yaml', content: TYPES },
      ]),
    ),
    writeFile(path.join(folder, 'broken.csar'), 'no archive'),
  ]);
});

afterAll(() => rm(folder, { recursive: true }));

it('reads a blueprint with the files that it and its imports refer to, and no others', async () => {
  const read = await readBlueprintInput(path.join(folder, 'app', 'main.yaml'), { variables: { a: '1' } }, library);
  expect(read).toEqual({
    ok: true,
    input: {
      text: MAIN,
      file: path.join(folder, 'app', 'main.yaml'),
      variables: { a: '1' },
      files: { 'types.yaml': TYPES, '../scripts/create.sh': 'echo created\n' },
      binaryFiles: ['program.sh'],
    },
  });
});

it('reads an archive as the files in it', async () => {
  expect(await readBlueprintInput(path.join(folder, 'app.csar'), {}, library)).toEqual({
    ok: true,
    input: { text: MAIN, file: 'main.yaml', files: { 'types.yaml': TYPES } },
  });
});

it('says what is wrong with an archive', async () => {
  expect(await readBlueprintInput(path.join(folder, 'broken.csar'), {}, library)).toMatchObject({
    ok: false,
    diagnostics: [{ code: 'archive-unreadable', message: 'The file is no zip archive.' }],
  });
});

it('refuses a file that is not there', async () => {
  const absent = path.join(folder, 'absent.yaml');
  await expect(readBlueprintInput(absent, {}, library)).rejects.toThrow(`Cannot read ${absent}: there is no such file`);
});
