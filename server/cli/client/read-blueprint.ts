import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { buildFiles, formatOf } from '../../domain/blueprint/read-as-camp.ts';
import { isZip, readCsar } from '../../domain/blueprint/read-csar.ts';
import type { TypeLibrary } from '../../domain/blueprint/type-library.ts';
import { binaryContexts, type ContextFile } from '../../domain/build/build-context.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { gatherContexts } from './gather-contexts.ts';
import { gatherFiles, type NotRead } from './gather-files.ts';

/** The text of a file, or of standard input for `-`. @throws ClockerError input.invalid */
export async function readBlueprint(file: string): Promise<string> {
  return decode(await readBytes(file));
}

export type BlueprintReading =
  | {
      readonly ok: true;
      readonly input: BlueprintInput;
      /** Files by the folder that an image is built from; `input.contexts` names the same folders. */
      readonly contexts: ReadonlyMap<string, readonly ContextFile[]>;
      readonly notRead: readonly NotRead[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly notRead: readonly NotRead[] };

export interface ReadOptions {
  /** Files merged over the first, in this order. */
  readonly overlays?: readonly string[];
  /** Files and folders outside of its own that it may refer to. */
  readonly allowed?: readonly string[];
  /** Values of variables and inputs. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  readonly hostAccess?: boolean;
}

/**
 * A blueprint with what it refers to: the files of the archive that it is, or those beside it. Compose files and commands of docker
 * see the environment too, as they do elsewhere. @throws ClockerError input.invalid where a file that was named cannot be read
 */
export async function readBlueprintInput(file: string, options: ReadOptions, library: TypeLibrary): Promise<BlueprintReading> {
  const { overlays = [], allowed = [], variables = {}, profiles = [], hostAccess = false } = options;
  const bytes = await readBytes(file);
  if (isZip(bytes) || /\.(?:csar|zip)$/i.test(file)) {
    const archive = readCsar(bytes);
    if (!archive.ok) return { ...archive, notRead: [] };
    const input = { ...archive.input, variables, profiles, hostAccess };
    return reading(input, { contexts: binaryContexts(buildFiles(input, library).folders, archive.binaries), notRead: [] });
  }
  const folder = path.dirname(file);
  const named = overlays.map((overlay) => ({ overlay, name: path.relative(folder, overlay).replaceAll(path.sep, '/') }));
  const texts = await Promise.all(named.map(async ({ overlay, name }) => [name, await readBlueprint(overlay)] as const));
  const text = decode(bytes);
  const format = formatOf({ text }, library);
  const environment = format === 'compose' || format === 'docker-run' ? definedOf(process.env) : {};
  const input: BlueprintInput = {
    text,
    file: file === '-' ? file : path.resolve(file),
    files: Object.fromEntries(texts),
    overlays: named.map(({ name }) => name),
    variables: { ...environment, ...variables },
    profiles,
    hostAccess,
  };
  if (file === '-') return reading(input, { contexts: new Map(), notRead: [] });
  const gathered = await gatherFiles(input, { file, allowed }, library);
  const { contexts, notRead } = await gatherContexts(gathered.input, { file, allowed }, library);
  return reading(gathered.input, { contexts, notRead: [...gathered.notRead, ...notRead] });
}

/** What the folders hold is not told yet: it is brought before the blueprint is sent. */
function reading(input: BlueprintInput, more: Pick<BlueprintReading & { ok: true }, 'contexts' | 'notRead'>): BlueprintReading {
  const named = Object.fromEntries([...more.contexts.keys()].map((folder) => [folder, '']));
  return { ok: true, input: more.contexts.size === 0 ? input : { ...input, contexts: named }, ...more };
}

function definedOf(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** A byte order mark stays: places in the text count it, whoever reads it. What is not UTF-8 gets its finding. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

async function readBytes(file: string): Promise<Uint8Array> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new ClockerError('input.invalid', { message: `Cannot read ${file}: ${why}`, cause });
  });
}
