import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { relativeTo } from '@/server/domain/blueprint/relative-path.ts';
import { isRunCommand } from '@/server/domain/compose/is-run-command.ts';
import { escapeRegExp } from '@/server/domain/shared/escape-reg-exp.ts';
import { type BlueprintFiles, isBlank, withFile } from './blueprint-files.ts';

/** A file that somebody chose or dropped, by its path from the folder that they chose. */
export interface OpenedFile {
  readonly path: string;
  /** Null for what is no text: an image, a program. */
  readonly text: string | null;
  /** What is in it, where it is no text. */
  readonly blob?: Blob;
}

/** Is told of each file that is no text, by the name that it has got beside the main one. */
export type OnBinary = (name: string, blob: Blob) => void;

/**
 * What is written after files were opened. Where nothing was written one of them is the main file; else all come beside it, in the
 * place of those of the same name. Compose files that no other file names are merged over the main one.
 */
export function openFiles(input: BlueprintInput, opened: readonly OpenedFile[], onBinary: OnBinary = () => undefined): BlueprintInput {
  if (opened.length === 0) return input;
  return isBlank(input) ? startWith(opened, onBinary) : addFiles(input, placed(opened, textsOf(input)), onBinary);
}

function startWith(opened: readonly OpenedFile[], onBinary: OnBinary): BlueprintInput {
  const folder = outerFolder(opened);
  const inner = placed(
    opened.map((file) => ({ ...file, path: file.path.slice(folder.length) })),
    [],
  );
  const main = chooseMain(inner);
  const others = inner.filter((file) => file !== main).map((file) => ({ ...file, path: relativeTo(main?.path ?? '', file.path) }));
  return addFiles({ text: main?.text ?? '', ...(main === undefined ? {} : { file: folder + main.path }) }, others, onBinary);
}

function addFiles(input: BlueprintInput, added: readonly OpenedFile[], onBinary: OnBinary): BlueprintInput {
  const own = input.file?.split('/').at(-1);
  let next = input;
  for (const { path, text } of added) next = path === own && text !== null ? { ...next, text } : withFile(next, path, text);
  for (const { path, text, blob } of added) if (text === null && blob !== undefined) onBinary(path, blob);
  const overlays = new Set(next.overlays);
  for (const { path, text } of toReversedOverride(added, own)) if (isOverlay(path, text, next)) overlays.add(path);
  return overlays.size === 0 ? next : { ...next, overlays: [...overlays] };
}

/** As Compose does it: the file that overrides comes before those that are added by name. */
function toReversedOverride(files: readonly OpenedFile[], main: string | undefined): readonly OpenedFile[] {
  const isOverride = ({ path }: OpenedFile) => path.replace('.override.', '.') === main;
  return files.toSorted((a, b) => Number(isOverride(b)) - Number(isOverride(a)) || (a.path < b.path ? -1 : 1));
}

function isOverlay(path: string, text: string | null, input: BlueprintInput): boolean {
  if (text === null || path.includes('/') || !isYaml(path) || !isCompose(text) || !isCompose(input.text)) return false;
  const others = Object.entries(input.files ?? {}).flatMap(([name, other]) => (name === path ? [] : [other]));
  return ![input.text, ...others].some((other) => mentions(other, path));
}

/** Services by name. Those of CAMP are a list. */
export function isCompose(text: string): boolean {
  return /^services[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]+["'\w]/m.test(text);
}

function isYaml(path: string): boolean {
  return /\.(?:ya?ml|tosca)$/i.test(path);
}

/** The folder that holds all of them, with `/` at its end. */
function outerFolder(files: readonly OpenedFile[]): string {
  const first = files[0]?.path ?? '';
  const folder = first.slice(0, first.indexOf('/') + 1);
  return folder !== '' && files.every(({ path }) => path.startsWith(folder)) ? folder : '';
}

const COMPOSE_NAMES: readonly string[] = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** What looks most like a blueprint, the nearest to the root first. */
function chooseMain(files: readonly OpenedFile[]): OpenedFile | undefined {
  const texts = files.filter(({ path, text }) => text !== null && !/(?:^|\/)\.[^/]*$/.test(path));
  const ranked = texts.map((file) => ({ file, rank: rankOf(file), depth: file.path.split('/').length }));
  ranked.sort((a, b) => {
    const likely = Number(a.rank >= UNLIKELY) - Number(b.rank >= UNLIKELY);
    return likely || a.depth - b.depth || a.rank - b.rank || (a.file.path < b.file.path ? -1 : 1);
  });
  return ranked[0]?.file;
}

const UNLIKELY = COMPOSE_NAMES.length + 2;

function rankOf({ path, text }: OpenedFile): number {
  const known = COMPOSE_NAMES.indexOf(path.slice(path.lastIndexOf('/') + 1));
  if (known >= 0) return known;
  const isBlueprint = isYaml(path) && /^(?:services|topology_template|include|brooklyn\.catalog)[ \t]*:/m.test(text ?? '');
  if (isBlueprint || isRunCommand(text ?? '')) return COMPOSE_NAMES.length + (/\.override\./.test(path) ? 1 : 0);
  return isYaml(path) ? UNLIKELY : UNLIKELY + 1;
}

/** A file chosen without its folder, where the texts name it with one: there it belongs. Those of a folder are in their place. */
function placed(opened: readonly OpenedFile[], texts: readonly string[]): readonly OpenedFile[] {
  if (opened.some(({ path }) => path.includes('/'))) return opened;
  const all = [...texts, ...opened.flatMap(({ text }) => text ?? [])];
  return opened.map((file) => {
    const named = new Set(all.flatMap((text) => pathsTo(file.path, text)));
    const [only, more] = named;
    return only !== undefined && more === undefined ? { ...file, path: only } : file;
  });
}

/** How a text names a file: with folders before it or bare. */
function pathsTo(name: string, text: string): readonly string[] {
  const pattern = new RegExp(`(?<![\\w./@~-])(?:\\./)*((?:[\\w@-][\\w.@-]*/|\\.\\./)*)${escapeRegExp(name)}(?![\\w-]|\\.\\w)`, 'g');
  return [...text.matchAll(pattern)].map(([, folder = '']) => folder + name);
}

function mentions(text: string, path: string): boolean {
  return pathsTo(path, text).length > 0;
}

function textsOf({ text, files = {} }: BlueprintFiles): readonly string[] {
  return [text, ...Object.values(files)];
}
