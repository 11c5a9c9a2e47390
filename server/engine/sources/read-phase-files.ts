import type { ArtifactRewrite } from '../../domain/artifact/artifact-rule.ts';
import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import { isConfigMap } from '../../domain/blueprint/config-value.ts';
import { quoteText } from '../../domain/blueprint/findings.ts';
import { beside } from '../../domain/blueprint/relative-path.ts';
import { nodesOf, toSpecTree } from '../../domain/blueprint/spec-tree.ts';
import { isUrl } from '../../domain/build/build-ask.ts';
import { SCRIPT_URL } from '../../domain/build/creation-script.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { dataText, isPhaseFileKey, LONGEST_FILE } from '../../domain/software/phase-files.ts';
import type { EngineContext } from '../engine-context.ts';
import { byRules, type FromSomewhere } from './fetch-by-rules.ts';
import type { SourceProblem } from './read-source.ts';

/** What files and templates of software, and creation scripts, are called in a plan, each once; what stands in the blueprint itself left out. */
export function phaseFileSources(root: EntitySpec): readonly string[] {
  const found = new Set<string>();
  for (const { spec } of nodesOf(toSpecTree(root))) {
    const script = spec.config[SCRIPT_URL];
    if (typeof script === 'string' && dataText(script) === undefined) found.add(script);
    for (const [key, value] of Object.entries(spec.config)) {
      if (!isPhaseFileKey(key) || !isConfigMap(value)) continue;
      for (const source of Object.keys(value)) if (dataText(source) === undefined) found.add(source);
    }
  }
  return [...found].sort();
}

interface Asked {
  readonly asked: readonly string[];
  readonly parts: BlueprintParts;
  readonly rules: readonly ArtifactRewrite[];
}

/** Their texts: of files that came with the blueprint, and of URLs, which are fetched now. */
export async function readPhaseFiles(
  { sources }: Pick<EngineContext, 'sources'>,
  { asked, parts, rules }: Asked,
): Promise<{ readonly files: Readonly<Record<string, string>>; readonly problems: readonly SourceProblem[] }> {
  const files: Record<string, string> = {};
  const problems: SourceProblem[] = [];
  for (const source of asked) {
    const read = isUrl(source) ? await fetchText(source, byRules({ sources }, source, rules)) : textBeside(source, parts);
    if (typeof read === 'string' && read.length <= LONGEST_FILE) files[source] = read;
    else problems.push(typeof read === 'string' ? tooLong(source) : read);
  }
  return { files, problems };
}

function textBeside(source: string, parts: BlueprintParts): string | SourceProblem {
  const text = Object.entries(parts.files ?? {}).find(([name]) => beside('', name) === beside('', source))?.[1];
  const hint = 'Put it beside the blueprint, or give an address that begins with http:// or https://, or data:,TEXT.';
  return text ?? { message: `The file ${quoteText(source)} did not come with the blueprint.`, hint };
}

async function fetchText(source: string, { fetch }: FromSomewhere): Promise<string | SourceProblem> {
  const fetched = await fetch();
  if (fetched.kind === 'failed')
    return { message: `${quoteText(source)} ${fetched.why}.`, ...(fetched.hint === undefined ? {} : { hint: fetched.hint }) };
  if (fetched.kind === 'archive') return { message: `${quoteText(source)} gives an archive.`, hint: 'Give it as download.url.' };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fetched.bytes);
  } catch {
    return { message: `${quoteText(source)} is no text.`, hint: 'Fetch it in install.command, or give it as download.url.' };
  }
}

function tooLong(source: string): SourceProblem {
  return {
    message: `${quoteText(source)} is longer than ${LONGEST_FILE / 1024} KiB.`,
    hint: 'Fetch it in install.command, or give it as download.url.',
  };
}
