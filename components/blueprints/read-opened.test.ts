import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { type ChosenFile, readOpened, replaces } from './read-opened.ts';

const file = (path: string, content: string | Uint8Array<ArrayBuffer>): ChosenFile => ({ path, file: new Blob([content]) });
const archive = (path: string, files: Readonly<Record<string, string>>) =>
  file(path, new Uint8Array(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))));
const BLANK = { text: '' };
const TEMPLATE = 'tosca_definitions_version: tosca_simple_yaml_1_3\ntopology_template: {}\n';

it('reads texts, and only names what is none', async () => {
  const opened = await readOpened(BLANK, [
    file('app.yaml', 'services:\n- type: docker:a\n'),
    file('logo.png', new Uint8Array([0x89, 0xff])),
  ]);
  expect(opened).toMatchObject({ text: 'services:\n- type: docker:a\n', file: 'app.yaml', binaryFiles: ['logo.png'] });
});

it('opens an archive as the whole blueprint, in the place of what is there', async () => {
  const csar = archive('app.csar', { 'template.yaml': TEMPLATE, 'scripts/install.sh': 'true' });
  const before = { text: 'services: []', files: { '.env': 'A=b' } };
  expect(replaces(before, [csar])).toBe(true);
  expect(await readOpened(before, [csar])).toEqual({ text: TEMPLATE, file: 'template.yaml', files: { 'scripts/install.sh': 'true' } });
});

it('says what is wrong with an archive, and opens one at a time', async () => {
  await expect(readOpened(BLANK, [file('app.csar', 'no zip')])).rejects.toThrow(/^app\.csar: /);
  const csar = archive('app.csar', { 'template.yaml': TEMPLATE });
  await expect(readOpened(BLANK, [csar, csar])).rejects.toThrow('Two archives cannot be opened at once.');
});

it('leaves out the folders of tools', async () => {
  const opened = await readOpened(BLANK, [
    file('shop/app.yaml', 'services: []'),
    file('shop/.git/config', 'x'),
    file('shop/node_modules/a.js', 'x'),
  ]);
  expect(opened).toEqual({ text: 'services: []', file: 'shop/app.yaml' });
});

it('refuses a blueprint that is too large, and reads none as a mere attachment', async () => {
  await expect(readOpened(BLANK, [file('giant.yaml', 'x'.repeat(3 * 1024 * 1024))])).rejects.toThrow('giant.yaml has 3.0 MiB.');
  const text = `services: [] # ${'x'.repeat(1024 * 1024)}`;
  expect(await readOpened(BLANK, [file('large.yaml', text)])).toEqual({ text, file: 'large.yaml' });
});

it('refuses more than the server takes', async () => {
  const large = Array.from({ length: 4 }, (_, n) => file(`part-${n}.txt`, 'x'.repeat(1024 * 1024)));
  await expect(readOpened({ text: 'services: []' }, large)).rejects.toThrow('These are 4 files with 4.0 MiB of text.');
});
