import { ARTIFACTS_PREFIX, artifactFile, artifactGrant } from '../../domain/artifact/artifact-file.ts';
import type { ArtifactRewrite } from '../../domain/artifact/artifact-rule.ts';
import { invalid } from '../commands/hosts/require-valid.ts';
import type { EngineContext } from '../engine-context.ts';

/**
 * Rules as what runs on hosts needs them: a file of the console is an address at which the console gives it.
 * @throws ClockerError input.invalid where nobody has said how hosts reach the console
 */
export function rulesForHosts(
  { secrets, options }: Pick<EngineContext, 'secrets' | 'options'>,
  rules: readonly ArtifactRewrite[],
): readonly ArtifactRewrite[] {
  return rules.map((rule) => {
    const file = artifactFile(rule.to);
    return file === null
      ? rule
      : { ...rule, to: `${requirePublicUrl(options)}${ARTIFACTS_PREFIX}${secrets.sign(artifactGrant(file))}/${file}` };
  });
}

/** @throws ClockerError input.invalid */
export function requirePublicUrl({ publicUrl }: Pick<EngineContext['options'], 'publicUrl'>): string {
  if (publicUrl !== null) return publicUrl;
  throw invalid(
    'Hosts cannot get files from this console: it does not know the address at which they reach it',
    'Start it with CLOCKER_PUBLIC_URL.',
  );
}
