import { withoutOuterFolder } from '../../domain/archive/without-outer-folder.ts';
import type { ArtifactRewrite } from '../../domain/artifact/artifact-rule.ts';
import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import { quoteText } from '../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../domain/blueprint/nearest-name.ts';
import { beside } from '../../domain/blueprint/relative-path.ts';
import type { BuildSource } from '../../domain/build/artifacts.ts';
import { type BuildAsk, isUrl, LONGEST_DOCKERFILE } from '../../domain/build/build-ask.ts';
import { type ContextFile, contextProblem, SMALLER_CONTEXT, selectContext } from '../../domain/build/build-context.ts';
import type { FetchedSource } from '../../ports/source-fetcher.ts';
import type { EngineContext } from '../engine-context.ts';
import { byRules } from './fetch-by-rules.ts';
import { folderFiles } from './folder-files.ts';
import { keepContext } from './keep-context.ts';

/** Why something cannot be had, in the words of a finding. */
export interface SourceProblem {
  readonly message: string;
  readonly hint?: string;
}

const DOCKERFILE = 'Dockerfile';

/** Reads what builds ask for, each URL once, and keeps the files. What cannot be had is an answer. */
export function createSourceReader(
  context: EngineContext,
  parts: BlueprintParts,
  rules: readonly ArtifactRewrite[],
): (ask: BuildAsk) => Promise<BuildSource | SourceProblem> {
  const fetched = new Map<string, Promise<FetchedSource>>();

  async function fetchFrom(written: string): Promise<Exclude<FetchedSource, { kind: 'failed' }> | SourceProblem> {
    const { from: url, fetch } = byRules(context, written, rules);
    const pending = fetched.get(url) ?? fetch();
    fetched.set(url, pending);
    const source = await pending;
    if (source.kind !== 'failed') return source;
    const from = url === written ? '' : ` (${quoteText(url)} by an artifact rule)`;
    return { message: `${quoteText(written)}${from} ${source.why}.`, ...(source.hint === undefined ? {} : { hint: source.hint }) };
  }

  async function filesOf(where: string): Promise<readonly ContextFile[] | SourceProblem> {
    if (!isUrl(where)) {
      const folder = await folderFiles(context, where, parts);
      return folder.ok ? folder.files : folder;
    }
    const source = await fetchFrom(where);
    if ('message' in source) return source;
    return source.kind === 'archive'
      ? source.files
      : { message: `${quoteText(where)} gives no archive.`, hint: 'Serve a .tar, .tar.gz or .zip there.' };
  }

  /** A URL without files beside it may give an archive with a Dockerfile at its root. */
  async function readUrl(url: string, files: readonly ContextFile[] | null): Promise<BuildSource | SourceProblem> {
    const source = await fetchFrom(url);
    if ('message' in source) return source;
    if (source.kind === 'archive' && files === null) return await readIn(source.files, { path: DOCKERFILE, where: url });
    if (source.kind === 'archive')
      return { message: `${quoteText(url)} gives an archive, and there is a context as well.`, hint: 'Keep one.' };
    const text = toText(source.bytes, url);
    return typeof text === 'string' ? await keep(files, { dockerfile: text, path: null }) : text;
  }

  async function readIn(
    given: readonly ContextFile[],
    { path, where }: { path: string; where: string },
  ): Promise<BuildSource | SourceProblem> {
    const files = isUrl(where) && !given.some((file) => file.path === path) ? withoutOuterFolder(given) : given;
    const file = files.find((one) => one.path === path);
    if (file === undefined) {
      const names = files.flatMap((one) => (one.path.includes(DOCKERFILE) ? [one.path] : []));
      const hint = sayNearest(nearestNames(path, names)) ?? 'Put it there, or tell the file with “dockerfile”.';
      return { message: `There is no ${quoteText(path)} in ${quoteText(where)}.`, hint };
    }
    const text = toText(file.bytes, path);
    return typeof text === 'string' ? await keep(files, { dockerfile: text, path }) : text;
  }

  async function keep(files: readonly ContextFile[] | null, source: Omit<BuildSource, 'context'>): Promise<BuildSource | SourceProblem> {
    if (files === null) return { context: null, ...source };
    const selected = selectContext(files, source.path);
    const problem = contextProblem(selected);
    if (problem !== null) return { message: `The image would be built from ${problem}.`, hint: SMALLER_CONTEXT };
    const { hash } = await keepContext(context, selected);
    return { context: hash, ...source };
  }

  return async ({ context: where, dockerfile }) => {
    const files = where === null ? null : await filesOf(where);
    if (files !== null && 'message' in files) return files;
    switch (dockerfile.kind) {
      case 'written':
        return await keep(files, { dockerfile: null, path: null });
      case 'in-context':
        return await readIn(files ?? [], { path: dockerfile.path, where: where ?? '' });
      case 'url':
        return await readUrl(dockerfile.url, files);
      case 'file': {
        const text = Object.entries(parts.files ?? {}).find(([name]) => beside('', name) === dockerfile.path)?.[1];
        if (text === undefined) return { message: `The file ${quoteText(dockerfile.path)} did not come with the blueprint.` };
        return text.length > LONGEST_DOCKERFILE ? tooLong(dockerfile.path) : await keep(files, { dockerfile: text, path: null });
      }
    }
  };
}

function toText(bytes: Uint8Array, name: string): string | SourceProblem {
  if (bytes.length > LONGEST_DOCKERFILE) return tooLong(name);
  const none = { message: `${quoteText(name)} is no Dockerfile: it is no text.` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) return none;
    if (/^\s*<(?:!doctype|html)/i.test(text)) return { message: `${quoteText(name)} gives a web page, and no Dockerfile.` };
    return /^\s*FROM\s/im.test(text) ? text : { message: `${quoteText(name)} is no Dockerfile: it has no “FROM”.` };
  } catch {
    // Not UTF-8.
    return none;
  }
}

function tooLong(name: string): SourceProblem {
  return { message: `${quoteText(name)} is no Dockerfile: it has more than ${LONGEST_DOCKERFILE.toLocaleString('en')} characters.` };
}
