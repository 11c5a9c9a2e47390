import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import { quoteText } from '../../domain/blueprint/findings.ts';
import { pathInContext } from '../../domain/build/build-ask.ts';
import { type ContextFile, DOCKER_IGNORE } from '../../domain/build/build-context.ts';
import { parseDockerIgnore } from '../../domain/build/docker-ignore.ts';
import type { EngineContext } from '../engine-context.ts';
import { filesOfContext } from './keep-context.ts';

export type FolderFiles =
  | { readonly ok: true; readonly files: readonly ContextFile[] }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const AGAIN = 'Bring the folder again, with all its files.';

/** Files of a folder that came with a blueprint: of its archive, and the texts that came beside the blueprint over these. */
export async function folderFiles(context: Pick<EngineContext, 'contexts'>, folder: string, parts: BlueprintParts): Promise<FolderFiles> {
  const { contexts = {}, files: texts = {}, binaryFiles = [], overlays = [] } = parts;
  const hash = Object.hasOwn(contexts, folder) ? contexts[folder] : undefined;
  const brought = hash === undefined ? [] : await filesOfContext(context, hash).catch(() => null);
  if (brought === null)
    return { ok: false, message: `The files of ${quoteText(folder)} that were brought are no longer kept.`, hint: AGAIN };
  const files = new Map(brought.map((file) => [file.path, file]));
  for (const [name, text] of Object.entries(texts)) {
    // What is merged over the blueprint is a part of it, and none of the image's.
    const path = name.endsWith('/') || overlays.includes(name) ? null : pathInContext(folder, name);
    // A text comes without permissions: what names its interpreter is a program.
    if (path !== null)
      files.set(path, { path, bytes: new TextEncoder().encode(text), executable: files.get(path)?.executable ?? text.startsWith('#!') });
  }
  const ignore = files.get(DOCKER_IGNORE);
  const rules = ignore && parseDockerIgnore(new TextDecoder().decode(ignore.bytes));
  const absent = binaryFiles
    .flatMap((name) => pathInContext(folder, name) ?? [])
    .find((path) => !files.has(path) && !rules?.leavesOut(path));
  if (absent === undefined) return { ok: true, files: [...files.values()] };
  return { ok: false, message: `Of ${quoteText(absent)} in ${quoteText(folder)} only the name came.`, hint: AGAIN };
}
