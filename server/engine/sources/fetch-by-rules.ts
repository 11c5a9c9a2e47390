import { artifactFile, artifactPath, leadsTo } from '../../domain/artifact/artifact-file.ts';
import { type ArtifactRewrite, rewriteUrl } from '../../domain/artifact/artifact-rule.ts';
import type { FetchedSource } from '../../ports/source-fetcher.ts';
import type { EngineContext } from '../engine-context.ts';

export interface FromSomewhere {
  /** Where it comes from by the rules: a URL, or `file:` and a name in the folder of artifacts. */
  readonly from: string;
  fetch(): Promise<FetchedSource>;
}

/** What a URL of a blueprint gives. Only a rule leads to a file: `written` is a URL, and what it adds stays in what some rule leads to. */
export function byRules({ sources }: Pick<EngineContext, 'sources'>, written: string, rules: readonly ArtifactRewrite[]): FromSomewhere {
  const from = rewriteUrl(written, rules);
  const file = from === written ? null : artifactFile(from);
  if (file === null) return { from, fetch: () => sources.fetch(from) };
  const name = artifactPath(file);
  const isLed = name !== null && rules.some(({ to }) => leadsTo(artifactFile(to) ?? '', name));
  const none: FetchedSource = { kind: 'failed', why: 'names no file in the folder of artifacts' };
  return { from, fetch: async () => (!isLed ? none : await sources.artifact(name)) };
}
