import { quoteText } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { artifactPath } from './artifact-place.ts';
import { expressionAt } from './dsl-text.ts';
import type { Call } from './evaluate.ts';
import { argumentsOf, misused, unsupported } from './function-problems.ts';
import { imageName, isImageType } from './image-artifact.ts';

/**
 * `get_artifact: [SELF, artifact, location, remove]`: for a file the path to which it was copied, for an image its name. Where it is
 * copied to is Clocker’s choice: `location` may only be LOCAL_FILE.
 */
export function getArtifact(argument: SourceNode, call: Call): SourceNode | null {
  const [entity, artifact, location] = argumentsOf(argument).map((part) => textOf(part));
  const { scope, model, range } = call;
  if (entity === null || entity === undefined || artifact === null || artifact === undefined) {
    return misused(call, 'needs a node and the name of an artifact');
  }
  const link = { SOURCE: scope.link?.source, TARGET: scope.link?.target };
  const node =
    entity === 'SELF' ? scope.self : entity === 'SOURCE' || entity === 'TARGET' ? link[entity] : (model.topology.nodes.get(entity) ?? null);
  if (node === null || node === undefined) return misused(call, `names ${quoteText(entity)}, which is no node here`);
  const found = node.artifacts.get(artifact);
  if (found === undefined) {
    const hint = sayNearest(nearestNames(artifact, node.artifacts.keys())) ?? `It has ${[...node.artifacts.keys()].join(', ') || 'none'}.`;
    return misused(call, `finds no artifact ${quoteText(artifact)} of ${quoteText(node.name)}`, hint);
  }
  if (isImageType(found.type, model.template)) return scalarAt(range, imageName(found, model.template));
  if (location !== null && location !== undefined && location !== 'LOCAL_FILE') {
    return unsupported(call, `cannot have a file copied to ${quoteText(location)}`);
  }
  if (node !== scope.holder) return unsupported(call, `gives the path of a file on its own node only, not of ${quoteText(node.name)}`);
  return expressionAt(range, artifactPath(found.name));
}
