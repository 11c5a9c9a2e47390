import type { ArtifactRewrite } from '../../domain/artifact/artifact-rule.ts';
import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import { quoteText } from '../../domain/blueprint/findings.ts';
import { nodesOf, toSpecTree } from '../../domain/blueprint/spec-tree.ts';
import { actsOn } from '../../domain/blueprint/type-registry.ts';
import { isUrl } from '../../domain/build/build-ask.ts';
import { type ContextFile, contextProblem, SMALLER_CONTEXT } from '../../domain/build/build-context.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { HOST_VOLUMES } from '../../domain/entity/host-access.ts';
import { sourcesIn } from '../../domain/software/archives.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';
import type { EngineContext } from '../engine-context.ts';
import { byRules, type FromSomewhere } from './fetch-by-rules.ts';
import { folderFiles } from './folder-files.ts';
import { keepContext } from './keep-context.ts';
import type { SourceProblem } from './read-source.ts';

/** What archives of software are called in a plan, each once. Groups may give them to their members, so every entity is looked at. */
export function archiveSources({ plugins }: Pick<EngineContext, 'plugins'>, root: EntitySpec): readonly string[] {
  const specs = [...nodesOf(toSpecTree(root))].map(({ spec }) => spec);
  const keys = new Set(specs.flatMap(({ type }) => archiveKeys(plugins.entityTypes.get(type))));
  const found = specs.flatMap(({ config }) => [...keys].flatMap((key) => sourcesIn(key, config[key])));
  return [...new Set(found)].sort();
}

function archiveKeys(type: EntityTypePlugin | undefined): readonly string[] {
  return [...(type?.software?.archives?.keys ?? []), ...(type && actsOn(type, HOST_VOLUMES) ? [HOST_VOLUMES] : [])];
}

const SMALLER_ARCHIVE = 'Leave out of it what is not needed, or download it in pre.launch.command.';

interface Asked {
  readonly asked: readonly string[];
  readonly parts: BlueprintParts;
  readonly rules: readonly ArtifactRewrite[];
}

/** Content hashes of archives that are fetched now, and of folders that came with the blueprint; they are kept for every host. */
export async function readArchives(
  context: EngineContext,
  { asked, parts, rules }: Asked,
): Promise<{ readonly archives: Readonly<Record<string, string>>; readonly problems: readonly SourceProblem[] }> {
  const archives: Record<string, string> = {};
  const problems: SourceProblem[] = [];
  for (const source of asked) {
    const files = isUrl(source) ? await fetchFiles(source, byRules(context, source, rules)) : await filesBeside(context, source, parts);
    const many = 'message' in files ? null : contextProblem(files);
    if ('message' in files) problems.push(files);
    else if (many !== null) problems.push({ message: `${quoteText(source)} holds ${many}.`, hint: SMALLER_ARCHIVE });
    else archives[source] = (await keepContext(context, files)).hash;
  }
  return { archives, problems };
}

async function fetchFiles(source: string, { from: url, fetch }: FromSomewhere): Promise<readonly ContextFile[] | SourceProblem> {
  const fetched = await fetch();
  const from = source === url ? '' : ` (${quoteText(url)} by an artifact rule)`;
  switch (fetched.kind) {
    case 'archive':
      return fetched.files;
    case 'file':
      return { message: `${quoteText(source)}${from} gives no archive.`, hint: 'Serve a .war, .zip, .tar or .tar.gz there.' };
    case 'failed':
      return { message: `${quoteText(source)}${from} ${fetched.why}.`, ...toHint(fetched.hint) };
  }
}

async function filesBeside(context: EngineContext, source: string, parts: BlueprintParts): Promise<readonly ContextFile[] | SourceProblem> {
  const folder = await folderFiles(context, source.replace(/\/+$/, ''), parts);
  if (!folder.ok) return folder;
  if (folder.files.length > 0) return folder.files;
  return {
    message: `There is no folder ${quoteText(source)} beside the blueprint.`,
    hint: 'Give an address that begins with http:// or https://, or put its unpacked files into a folder of that name.',
  };
}

/** What is advised of images does not help here. */
function toHint(given: string | undefined): Pick<SourceProblem, 'hint'> {
  if (given === undefined) return {};
  return { hint: given === SMALLER_CONTEXT ? SMALLER_ARCHIVE : given };
}
