import { artifactFile, artifactFileProblem } from '../../../domain/artifact/artifact-file.ts';
import { beginningProblem, MOST_RULES } from '../../../domain/artifact/artifact-rule.ts';
import type { TaskCause } from '../../../domain/entity/task.ts';
import type { EngineContext } from '../../engine-context.ts';
import { requirePublicUrl } from '../../sources/rules-for-hosts.ts';
import { conflict, invalid } from '../hosts/require-valid.ts';

export interface ArtifactRuleInput {
  /** As URLs begin that are to come from elsewhere. */
  readonly from: string;
  /** Put in its place: as URLs begin, or `file:` and a file or folder in the folder of artifacts of the console. */
  readonly to: string;
}

/**
 * Has URLs that begin so fetched from elsewhere, from the next deploy or update of an application on; replaces what was said of that beginning.
 * @throws ClockerError input.invalid | conflict (there are too many)
 */
export async function setArtifactRule(
  { store, clock, options }: Pick<EngineContext, 'store' | 'clock' | 'options'>,
  cause: TaskCause,
  { from: id, to }: ArtifactRuleInput,
): Promise<void> {
  const isFile = artifactFile(to) !== null;
  for (const written of isFile ? [id] : [id, to]) {
    const problem = beginningProblem(written);
    if (problem !== null)
      throw invalid(`${JSON.stringify(written)} ${problem}`, 'Write it with http:// or https://, and with the slash that it ends with.');
  }
  if (isFile) requireFile(options, to);
  if (id === to) throw invalid('A beginning is not rewritten to itself', 'Leave it away.');
  // Names would run together, or slashes double.
  if (id.endsWith('/') !== to.endsWith('/')) throw invalid('One of the two ends with a slash and the other does not', 'End both with one.');
  await store.commit((draft) => {
    const before = draft.get('artifactRule', id);
    if (before?.to === to) return;
    if (before === undefined && draft.all('artifactRule').size >= MOST_RULES)
      throw conflict(`There are ${MOST_RULES} rules already`, 'Remove one first.');
    draft.put('artifactRule', { id, to, setAt: clock.now(), setBy: cause.by });
  });
}

function requireFile(options: Pick<EngineContext['options'], 'publicUrl'>, to: string): void {
  const problem = artifactFileProblem(to);
  if (problem !== null) throw invalid(`${JSON.stringify(to)} ${problem}`, 'Write it as file:maven/, relative to the folder of artifacts.');
  requirePublicUrl(options);
}
