import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BAD_BLUEPRINTS } from '../testing/bad-blueprints/all-rows.ts';
import { BAD_ARCHIVES } from '../testing/bad-blueprints/archive-rows.ts';
import { runCli } from '../testing/run-cli.ts';

interface Checked {
  readonly ok: boolean;
  readonly diagnostics: readonly { readonly code: string; readonly line: number; readonly column: number }[];
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-bad-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** One process for all of them: what one does to it, the next would suffer. */
async function check(contents: readonly (string | Uint8Array)[], prefix: string, ending = 'yaml'): Promise<readonly Checked[]> {
  const files = contents.map((_, index) => path.join(folder, `${prefix}-${index}.${ending}`));
  await Promise.all(files.map((file, index) => writeFile(file, contents[index] ?? '')));
  const { code, stdout, stderr } = await runCli(['blueprint', 'check', '--json', ...files]);
  expect([code, stderr]).toEqual([1, '']);
  return JSON.parse(stdout);
}

const placed = (checked: Checked | undefined) => checked?.diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`);

describe('“blueprint check” of bad blueprints', () => {
  it('gives each its finding at its place, in one process', async () => {
    const checked = await check(
      BAD_BLUEPRINTS.map(({ text }) => text),
      'row',
    );
    const missed = BAD_BLUEPRINTS.filter(({ code, line, column }, index) => !placed(checked[index])?.includes(`${code} ${line}:${column}`));
    expect(missed.map(({ format, name }) => `${format} with ${name}`)).toEqual([]);
    const passed = BAD_BLUEPRINTS.filter(({ severity }, index) => severity === 'error' && checked[index]?.ok === true);
    expect(passed.map(({ format, name }) => `${format} with ${name}`)).toEqual([]);
  });

  it('tells of bytes that are not UTF-8, with the place of the first', async () => {
    const head = 'services:\n- type: docker:nginx\n  name: caf';
    const checked = await check(
      [
        Buffer.from(`${head}\u00e9\n`, 'latin1'),
        Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${head}\n`, 'utf16le')]),
        Buffer.concat([Buffer.from(head), Buffer.from([0xc0, 0xaf, 0x0a])]),
      ],
      'bytes',
    );
    expect(checked.map(placed)).toEqual([['encoding 3:12'], ['encoding 1:1'], ['encoding 3:12']]);
  });

  it('refuses archives whole', async () => {
    const checked = await check(
      BAD_ARCHIVES.map(({ bytes }) => bytes),
      'archive',
      'csar',
    );
    expect(checked.map(placed)).toEqual(BAD_ARCHIVES.map(({ code }) => [`${code} 1:1`]));
  });

  it('counts a byte order mark as others do, and takes Windows line ends', async () => {
    const [marked, plain] = await check(['\ufeffsevices:\r\n- type: docker:nginx\r\n', 'services: {}'], 'mark');
    expect(placed(marked)).toContain('key-unknown 1:2');
    expect(plain?.ok).toBe(false);
  });
});
