import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { ClockerError } from '@/server/domain/shared/clocker-error.ts';
import { isBlank } from './blueprint-files.ts';
import { type OnBinary, type OpenedFile, openFiles } from './open-files.ts';

/** A file as the browser hands it over. */
export interface ChosenFile {
  readonly path: string;
  readonly file: Blob;
}

/** What the API takes with a blueprint. */
const MOST_FILES = 1_000;
const MOST_CHARACTERS = 3 * 1024 * 1024;
/** What a blueprint may have; larger files of another kind are no text that anybody wrote. */
const MOST_TEXT_BYTES = 2 * 1024 * 1024;

/**
 * What is written after the files are read and opened. An archive is a whole blueprint: it takes the place of what is there.
 * @throws ClockerError input.invalid where they cannot be, and nothing is changed
 */
export async function readOpened(
  input: BlueprintInput,
  chosen: readonly ChosenFile[],
  onBinary: OnBinary = () => undefined,
): Promise<BlueprintInput> {
  const wanted = chosen.filter(({ path }) => !/(?:^|\/)(?:\.git|node_modules|\.DS_Store)(?:\/|$)/.test(path));
  const archives = wanted.filter(({ path }) => /\.(?:csar|zip)$/i.test(path));
  const [archive, second] = archives;
  if (second !== undefined) throw refuse('Two archives cannot be opened at once.', 'Open the one that is to be deployed.');
  const start = archive === undefined ? input : await readArchive(archive, onBinary);
  const others = wanted.filter((one) => one !== archive);
  if (others.length > MOST_FILES) throw refuse(`These are ${others.length.toLocaleString('en')} files.`, LIMITS);
  const opened = await Promise.all(others.map(readFile));
  return requireSmall(archive !== undefined && opened.length === 0 ? start : openFiles(start, opened, onBinary));
}

/** True when opening these takes away what is there. */
export function replaces(input: BlueprintInput, chosen: readonly ChosenFile[]): boolean {
  return !isBlank(input) && chosen.some(({ path }) => /\.(?:csar|zip)$/i.test(path));
}

async function readArchive({ path, file }: ChosenFile, onBinary: OnBinary): Promise<BlueprintInput> {
  // What unpacks archives is loaded by those who open one.
  const { readCsar } = await import('@/server/domain/blueprint/read-csar.ts');
  const read = readCsar(new Uint8Array(await file.arrayBuffer()));
  if (read.ok) {
    for (const [name, { bytes }] of read.binaries) onBinary(name, new Blob([new Uint8Array(bytes)]));
    return read.input;
  }
  const [first] = read.diagnostics;
  throw refuse(`${path}: ${first?.message ?? 'It is no archive.'}`, first?.hint);
}

async function readFile({ path, file }: ChosenFile): Promise<OpenedFile> {
  if (file.size > MOST_TEXT_BYTES) {
    if (!/\.(?:ya?ml|json)$/i.test(path)) return { path, text: null, blob: file };
    throw refuse(`${path} has ${inMebibytes(file.size)}.`, 'A blueprint has at most 2 MiB. Move a part of it into one of its own.');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.includes('\0') ? { path, text: null, blob: file } : { path, text };
  } catch (error) {
    if (error instanceof TypeError) return { path, text: null, blob: file }; // not UTF-8: an image, a program
    throw refuse(`${path} cannot be read.`, error instanceof Error ? error.message : undefined);
  }
}

function requireSmall(input: BlueprintInput): BlueprintInput {
  const texts = Object.values(input.files ?? {});
  const characters = texts.reduce((total, text) => total + text.length, 0);
  if (texts.length > MOST_FILES || characters > MOST_CHARACTERS) {
    const size = `${texts.length.toLocaleString('en')} files with ${inMebibytes(characters)} of text`;
    throw refuse(`These are ${size}.`, LIMITS);
  }
  return input;
}

function inMebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

const LIMITS = 'A blueprint comes with at most 1,000 files and 3 MiB of text. Leave out what it does not refer to.';

function refuse(message: string, hint: string | undefined): ClockerError {
  return new ClockerError('input.invalid', { message, ...(hint === undefined ? {} : { hint }) });
}
