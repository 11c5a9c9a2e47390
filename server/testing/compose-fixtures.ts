import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type { BlueprintInput } from '../domain/blueprint/blueprint-input.ts';

/** A Compose file with what it must become, written in comments at its top. */
export interface ComposeFixture {
  readonly name: string;
  readonly input: BlueprintInput;
  /** `# plan ENTITY KEY: VALUE`: config of an entity, or its `name`, `type` or `dependsOn`. `undefined` is for a key that is not there. */
  readonly plan: readonly { readonly entity: string; readonly key: string; readonly value: unknown }[];
  /** `# plan ENTITY absent` */
  readonly absent: readonly string[];
  /** `# finding SEVERITY CODE PATH[@FILE]`: all there are; `|` between paths stands for either. */
  readonly findings: readonly string[];
}

const FOLDER = path.join(import.meta.dirname, '../plugins/importers/compose/fixtures');

/** `NAME.yaml`, or a folder `NAME` with a `compose.yaml` and the files that come with it. */
export async function readComposeFixtures(): Promise<readonly ComposeFixture[]> {
  const names = await readdir(FOLDER);
  return Promise.all(names.sort().map(readFixture));
}

async function readFixture(name: string): Promise<ComposeFixture> {
  if (name.endsWith('.yaml')) return toFixture(name.slice(0, -'.yaml'.length), await readFile(path.join(FOLDER, name), 'utf8'), {});
  const folder = path.join(FOLDER, name);
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const texts = await Promise.all(paths.map(async (file) => [file, await readFile(path.join(folder, file), 'utf8')] as const));
  const { 'compose.yaml': text = '', ...files } = Object.fromEntries(texts);
  return toFixture(name, text, files);
}

function toFixture(name: string, text: string, files: Readonly<Record<string, string>>): ComposeFixture {
  const lines = /^(?:#.*\n)*/.exec(text)?.[0].split('\n') ?? [];
  const after = (word: string) => lines.filter((line) => line.startsWith(`# ${word} `)).map((line) => line.slice(word.length + 3));
  const one = (word: string): unknown => parse(after(word)[0] ?? 'null');
  const plan = after('plan').map((line) => {
    const [, entity = '', key = '', value = ''] = /^(\S+) (\S+?)(?:: (.*))?$/.exec(line) ?? [];
    return { entity, key, value: value === 'undefined' ? undefined : (parse(value) as unknown) };
  });
  return {
    name,
    input: {
      text,
      files,
      variables: (one('variables') ?? {}) as Record<string, string>,
      overlays: (one('overlays') ?? []) as string[],
      profiles: (one('profiles') ?? []) as string[],
    },
    plan: plan.filter(({ key }) => key !== 'absent'),
    absent: plan.filter(({ key }) => key === 'absent').map(({ entity }) => entity),
    findings: after('finding'),
  };
}
