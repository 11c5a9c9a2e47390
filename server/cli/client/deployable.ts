import path from 'node:path';
import type { Command } from 'commander';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import { packContext } from '../../domain/build/build-context.ts';
import { EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import type { Session } from './action.ts';
import { toFindingLines } from './describe-findings.ts';
import { collectPairs, collectTexts } from './options.ts';
import { printable } from './output.ts';
import { readBlueprintInput } from './read-blueprint.ts';

export interface SourceOptions {
  readonly file?: readonly string[];
  readonly profile?: readonly string[];
  readonly set?: Readonly<Record<string, string>>;
  readonly with?: readonly string[];
  readonly allowHostAccess?: boolean;
}

/** Options of commands that send a blueprint to a server. */
export function withSourceOptions(command: Command): Command {
  return command
    .option('-f, --file <file>', 'Compose file that is merged over the blueprint; may be repeated', collectTexts)
    .option('--profile <name>', 'Compose profile that is on; may be repeated', collectTexts)
    .option('--set <name=value>', 'value of a variable or input; may be repeated', collectPairs)
    .option('--with <path>', 'file or folder outside of its own that the blueprint may refer to; may be repeated', collectTexts)
    .option(
      '--allow-host-access',
      'containers may get rights over their host (privileged, its folders, name spaces); needs to administer the cloud',
    );
}

/** A blueprint as it is sent: every part is there, so that what an earlier version had and this one lacks is gone. */
export interface DeployableBlueprint {
  readonly text: string;
  readonly file?: string;
  readonly files: Record<string, string>;
  readonly binaryFiles: string[];
  readonly contexts: Record<string, string>;
  readonly overlays: string[];
  readonly variables: Record<string, string>;
  readonly profiles: string[];
  readonly hostAccess?: boolean;
}

/** Reads a blueprint with the files that it refers to, and brings the folders that images are built from. @throws ClockerError input.invalid | blueprint.invalid */
export async function readDeployable({ api }: Pick<Session, 'api'>, file: string, options: SourceOptions): Promise<DeployableBlueprint> {
  const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
  const variables = options.set ?? {};
  const reading = await readBlueprintInput(
    file,
    {
      overlays: options.file ?? [],
      profiles: options.profile ?? [],
      allowed: options.with ?? [],
      variables,
      hostAccess: options.allowHostAccess ?? false,
    },
    library,
  );
  const diagnostics = reading.ok ? [] : reading.diagnostics;
  for (const line of toFindingLines(file, diagnostics, reading.notRead)) process.stderr.write(`${printable(line)}\n`);
  if (!reading.ok) throw new ClockerError('blueprint.invalid', { message: `${file} cannot be read as a blueprint` });
  const contexts: Record<string, string> = {};
  for (const [folder, files] of reading.contexts) {
    const archive = Buffer.from(packContext(files)).toString('base64');
    contexts[folder] = (await api.context.put.mutate({ archive })).hash;
  }
  return toDeployable({ ...reading.input, contexts }, variables);
}

/** Pure. Of the environment only what the blueprint asks for leaves this machine. */
export function toDeployable(input: BlueprintInput, given: Readonly<Record<string, string>>): DeployableBlueprint {
  const { text, file, files = {}, binaryFiles = [], contexts = {}, overlays = [], profiles = [] } = input;
  const asked = namesIn([text, ...Object.values(files)]);
  const variables = Object.fromEntries(
    Object.entries(input.variables ?? {}).filter(([name]) => Object.hasOwn(given, name) || ALWAYS_READ.includes(name) || asked.has(name)),
  );
  const parts = {
    files: { ...files },
    binaryFiles: [...binaryFiles],
    contexts: { ...contexts },
    overlays: [...overlays],
    variables,
    profiles: [...profiles],
  };
  const name = file === undefined || file === '-' ? undefined : placeName(file);
  return { text, ...parts, ...(name === undefined ? {} : { file: name }), ...(input.hostAccess === true ? { hostAccess: true } : {}) };
}

/** Compose reads these without being told in the file. */
const ALWAYS_READ: readonly string[] = ['COMPOSE_PROJECT_NAME', 'COMPOSE_PROFILES'];

/** Variables that are interpolated (`${TAG}`, `$TAG`), or handed on by their bare name (`- TOKEN`, `TOKEN:`). */
function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts) {
    for (const [, name] of text.matchAll(/\$\{?([A-Za-z_]\w*)/g)) if (name) names.add(name);
    for (const [, name] of text.matchAll(/^\s*(?:-\s*)?["']?([A-Za-z_]\w*)["']?\s*:?\s*$/gm)) if (name) names.add(name);
  }
  return names;
}

/** Its folder gives a Compose application its name; where that folder is concerns nobody. */
function placeName(file: string): string {
  return path.join(path.basename(path.dirname(path.resolve(file))), path.basename(file));
}
