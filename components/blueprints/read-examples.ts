import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Example, toExample } from './example.ts';

/** The blueprints that ship with this version, by title. Runs on the server only. */
export async function readExamples(): Promise<readonly Example[]> {
  const folder = path.join(process.cwd(), 'blueprints');
  const names = (await listFiles(folder)).filter((name) => name.endsWith('.yaml'));
  const examples = await Promise.all(
    names.map(async (name) => toExample(name.slice(0, -'.yaml'.length), await readFile(path.join(folder, name), 'utf8'))),
  );
  return examples.sort((a, b) => a.title.localeCompare(b.title));
}

async function listFiles(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
