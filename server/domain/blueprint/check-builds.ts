import { type BuildAsk, isUrl, pathInContext } from '../build/build-ask.ts';
import type { BlueprintInput } from './blueprint-input.ts';
import { type FindingPlace, type InputFindings, quoteText } from './findings.ts';
import type { BuildUse } from './plan-state.ts';
import { beside } from './relative-path.ts';

/** What an image of the plan is built of, and where that is named. */
export interface PlannedBuild extends Pick<BuildUse, 'ask' | 'substitutions'> {
  readonly place: FindingPlace;
}

/** All that is to be gathered when the plan is deployed; what did not come with the blueprint is told. */
export function checkBuilds(uses: readonly BuildUse[], input: BlueprintInput, findings: InputFindings): readonly PlannedBuild[] {
  return uses.map(({ ask, substitutions, range, path }) => {
    const missing = missingOf(ask, input);
    if (missing !== null) findings.add('build-file-missing', { range, path: range.path ?? path, ...missing });
    return { ask, substitutions, place: findings.place(range, path) };
  });
}

const WITH_BLUEPRINT =
  'It has to come with the blueprint: open both together. The command line takes what is beside it; name with --with what is not.';

function missingOf({ context, dockerfile }: BuildAsk, input: BlueprintInput): { readonly message: string; readonly hint: string } | null {
  if (context !== null && !isUrl(context) && !hasContext(context, input)) {
    return { message: `No file of the folder ${quoteText(context)} came with the blueprint.`, hint: WITH_BLUEPRINT };
  }
  if (dockerfile.kind !== 'file' || Object.keys(input.files ?? {}).some((name) => beside('', name) === dockerfile.path)) return null;
  return { message: `The file ${quoteText(dockerfile.path)} did not come with the blueprint.`, hint: WITH_BLUEPRINT };
}

/** True where an archive of the folder was brought, or files in it are known. */
export function hasContext(folder: string, { contexts = {}, files = {}, binaryFiles = [] }: Omit<BlueprintInput, 'text'>): boolean {
  const isIn = (name: string): boolean => !name.endsWith('/') && pathInContext(folder, name) !== null;
  return Object.hasOwn(contexts, folder) || Object.keys(files).some(isIn) || binaryFiles.some(isIn);
}
