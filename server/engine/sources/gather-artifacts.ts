import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import type { PlannedBuild } from '../../domain/blueprint/check-builds.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { nodesOf, toSpecTree } from '../../domain/blueprint/spec-tree.ts';
import { type Artifacts, type BuildSource, IMAGE_KEYS } from '../../domain/build/artifacts.ts';
import { askKey } from '../../domain/build/build-ask.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { missingSubstitutions } from '../../domain/entity/image-build.ts';
import { firstErrorOf } from '../commands/first-error.ts';
import type { EngineContext } from '../engine-context.ts';
import { archiveSources, readArchives } from './read-archives.ts';
import { phaseFileSources, readPhaseFiles } from './read-phase-files.ts';
import { createSourceReader, type SourceProblem } from './read-source.ts';
import { rulesForHosts } from './rules-for-hosts.ts';

/**
 * The root of a plan with what its images are built of: files that came with the blueprint, and what is fetched now, kept by content hash so that
 * every host, a restart and a later restore build the same. Nothing is written but that.
 * @throws ClockerError blueprint.invalid with a finding at each place that names what cannot be had
 */
export async function gatherArtifacts(context: EngineContext, plan: ApplicationPlan, parts: BlueprintParts = {}): Promise<EntitySpec> {
  const rules = [...context.store.view.all('artifactRule').values()]
    .map(({ id, to }) => ({ id, to }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const { builds = [] } = plan;
  const asked = phaseFileSources(plan.root);
  const packed = archiveSources(context, plan.root);
  if (builds.length === 0 && asked.length === 0 && packed.length === 0 && (rules.length === 0 || !makesImages(plan.root))) return plan.root;
  const read = createSourceReader(context, parts, rules);
  const sources: Record<string, BuildSource> = {};
  const findings: Diagnostic[] = [];
  for (const build of builds) {
    const source = sources[askKey(build.ask)] ?? (await read(build.ask));
    const problem = 'message' in source ? source : substitutionProblem(source, build);
    if (problem === null && !('message' in source)) sources[askKey(build.ask)] = source;
    else if (problem !== null) findings.push({ code: 'build-source', severity: 'error', ...problem, ...build.place });
  }
  const { files, problems } = await readPhaseFiles(context, { asked, parts, rules });
  const { archives, problems: unread } = await readArchives(context, { asked: packed, parts, rules });
  findings.push(
    ...[...problems, ...unread].map(
      (problem): Diagnostic => ({ code: 'build-source', severity: 'error', line: 1, column: 1, path: '', ...problem }),
    ),
  );
  if (findings.length > 0) throw firstErrorOf(findings, 'What it is made of cannot be had');
  const artifacts: Artifacts = {
    ...(builds.length === 0 ? {} : { sources }),
    ...(Object.keys(files).length === 0 ? {} : { files }),
    ...(Object.keys(archives).length === 0 ? {} : { archives }),
    ...(rules.length === 0 ? {} : { rules: rulesForHosts(context, rules) }),
  };
  return { ...plan.root, artifacts };
}

function makesImages(root: EntitySpec): boolean {
  for (const { spec } of nodesOf(toSpecTree(root))) if (IMAGE_KEYS.some((key) => Object.hasOwn(spec.config, key))) return true;
  return false;
}

function substitutionProblem({ dockerfile }: BuildSource, { substitutions }: PlannedBuild): SourceProblem | null {
  const [missing] = dockerfile === null || substitutions === null ? [] : missingSubstitutions(dockerfile, substitutions);
  if (missing === undefined) return null;
  return {
    message: `The Dockerfile holds \${${missing}}, which no substitution gives.`,
    hint: 'Give it in docker.dockerfile.substitutions.',
  };
}
