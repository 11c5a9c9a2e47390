import type { ApplicationPlan } from '@/server/domain/blueprint/application-plan.ts';
import { type BlueprintInput, partsOf } from '@/server/domain/blueprint/blueprint-input.ts';
import { beside, relativeTo } from '@/server/domain/blueprint/relative-path.ts';

/** The files of a blueprint that is being written: null stands for the main one. */
export type FileName = string | null;

export type BlueprintFiles = Pick<BlueprintInput, 'text' | 'files'>;

/** What the server gives instead of what is in a file; sent back it keeps what is there. */
export const NOT_SHOWN = '***';

/** Nothing to lose. */
export function isBlank({ text, files = {}, binaryFiles = [] }: BlueprintInput): boolean {
  return text.trim() === '' && Object.keys(files).length === 0 && binaryFiles.length === 0;
}

/** The main file as people call it. */
export function mainName({ file }: BlueprintInput): string {
  return file?.split('/').at(-1) ?? 'Blueprint';
}

/** All but the main file: those merged over it in their order, then the rest by name. */
export function otherFiles({ files = {}, binaryFiles = [], overlays = [] }: BlueprintInput): readonly string[] {
  const rest = [...Object.keys(files), ...binaryFiles].filter((name) => !overlays.includes(name));
  return [...overlays.filter((name) => Object.hasOwn(files, name)), ...rest.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))];
}

/** Undefined for a file that is no text, or is not there. */
export function textOfFile(input: BlueprintFiles, name: FileName): string | undefined {
  if (name === null) return input.text;
  return input.files !== undefined && Object.hasOwn(input.files, name) ? input.files[name] : undefined;
}

export function withText(input: BlueprintInput, name: FileName, text: string): BlueprintInput {
  return name === null ? { ...input, text } : { ...input, files: { ...input.files, [name]: text } };
}

/** With a file beside the main one, in the place of one of the same name; null for what is no text. */
export function withFile(input: BlueprintInput, name: string, text: string | null): BlueprintInput {
  const { files, binaryFiles } = filesBut(input, name);
  return text === null
    ? { ...input, files, binaryFiles: [...binaryFiles, name] }
    : { ...input, files: { ...files, [name]: text }, binaryFiles };
}

export function withoutFile(input: BlueprintInput, name: string): BlueprintInput {
  return { ...input, ...filesBut(input, name), overlays: (input.overlays ?? []).filter((other) => other !== name) };
}

function filesBut({ files = {}, binaryFiles = [] }: BlueprintInput, name: string) {
  const { [name]: _, ...others } = files;
  return { files: others, binaryFiles: binaryFiles.filter((other) => other !== name) };
}

export function renamed(input: BlueprintInput, name: string, to: string): BlueprintInput {
  const { files = {}, binaryFiles = [], overlays = [] } = input;
  const next = (other: string) => (other === name ? to : other);
  return {
    ...input,
    files: Object.fromEntries(Object.entries(files).map(([other, text]) => [next(other), text])),
    binaryFiles: binaryFiles.map(next),
    overlays: overlays.map(next),
  };
}

/** Why a file cannot have this name; null where it can. */
export function nameProblem(input: BlueprintInput, name: string, to: string): string | null {
  if (to === '') return 'A file needs a name.';
  if (to.startsWith('/') || to.includes('\\')) return 'Write the path from the main file, such as config/app.conf.';
  if (to.length > 500) return 'A path has at most 500 characters.';
  if (to !== name && (otherFiles(input).includes(to) || to === input.file?.split('/').at(-1))) return 'Another file has this name.';
  return null;
}

/** Merged over the main file, as the last, or not. */
export function withOverlay(input: BlueprintInput, name: string, merged: boolean): BlueprintInput {
  const others = (input.overlays ?? []).filter((other) => other !== name);
  return { ...input, overlays: merged ? [...others, name] : others };
}

/** Files that could be the main one: texts whose place from it can be told. */
export function canBeMain(input: BlueprintInput, name: string): boolean {
  return textOfFile(input, name) !== undefined && !name.startsWith('../');
}

/** Another file as the main one; names are then meant from its folder. */
export function withMain(input: BlueprintInput, name: string): BlueprintInput {
  const { text, file = 'blueprint.yaml', files = {}, binaryFiles = [], overlays = [] } = input;
  const from = (path: string) => relativeTo(name, path);
  const others = [...Object.entries(files).filter(([other]) => other !== name), [mainName({ text, file }), text] as const];
  return {
    ...input,
    text: files[name] ?? '',
    file: beside(file, name),
    files: Object.fromEntries(others.map(([path, content]) => [from(path), content])),
    binaryFiles: binaryFiles.map(from),
    overlays: overlays.filter((other) => other !== name).map(from),
  };
}

/** Null takes the value away. */
export function withVariable(input: BlueprintInput, name: string, value: string | null): BlueprintInput {
  const { [name]: _, ...others } = input.variables ?? {};
  return { ...input, variables: value === null ? others : { ...others, [name]: value } };
}

export function withProfile(input: BlueprintInput, name: string, on: boolean): BlueprintInput {
  const others = (input.profiles ?? []).filter((other) => other !== name);
  return { ...input, profiles: on ? [...others, name] : others };
}

/** Folders that images are built from. */
export function contextFolders(plan: Pick<ApplicationPlan, 'builds'> | undefined): readonly string[] {
  return [...new Set((plan?.builds ?? []).flatMap(({ ask }) => ask.context ?? []))];
}

export function withHostAccess({ hostAccess: _, ...input }: BlueprintInput, allowed: boolean): BlueprintInput {
  return allowed ? { ...input, hostAccess: true } : input;
}

/** As the API takes it. */
export function toRequest(input: BlueprintInput) {
  const { file, files, binaryFiles, contexts, overlays, variables, profiles, hostAccess } = partsOf(input) ?? {};
  return {
    text: input.text,
    ...(file === undefined ? {} : { file }),
    ...(files === undefined ? {} : { files: { ...files } }),
    ...(binaryFiles === undefined ? {} : { binaryFiles: [...binaryFiles] }),
    ...(contexts === undefined ? {} : { contexts: { ...contexts } }),
    ...(overlays === undefined ? {} : { overlays: [...overlays] }),
    ...(variables === undefined ? {} : { variables: { ...variables } }),
    ...(profiles === undefined ? {} : { profiles: [...profiles] }),
    ...(hostAccess === undefined ? {} : { hostAccess }),
  };
}

/** As an update takes it: with every part, so that what is taken away is gone. */
export function toWholeRequest(input: BlueprintInput) {
  const { text, file, files = {}, binaryFiles = [], contexts = {}, overlays = [], variables = {}, profiles = [], hostAccess } = input;
  return {
    text,
    ...(file === undefined ? {} : { file }),
    files: { ...files },
    binaryFiles: [...binaryFiles],
    contexts: { ...contexts },
    overlays: [...overlays],
    variables: { ...variables },
    profiles: [...profiles],
    ...(hostAccess === true ? { hostAccess } : {}),
  };
}
