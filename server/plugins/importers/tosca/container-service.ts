import { quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { isLive } from './check-value.ts';
import { containerPorts } from './container-ports.ts';
import { containerVolumes } from './container-volumes.ts';
import { imageArtifact, imageName, isImageType } from './image-artifact.ts';
import { lifecycleOperations } from './implementations.ts';
import type { Model } from './model.ts';
import { nodeProperties } from './node-properties.ts';
import { addInputs, type Environment } from './operations.ts';
import type { OwnParts } from './software-service.ts';
import type { NodeTemplate } from './topology.ts';

/** A container of the node’s image: the inputs of its operations are its environment, its endpoints its ports. */
export function containerParts(node: NodeTemplate, model: Model): OwnParts {
  nodeProperties(node, model);
  const { template } = model;
  const artifact = imageArtifact(node, template);
  if (artifact === null) {
    const hint = 'artifacts:\n  image:\n    file: nginx:1.27\n    type: tosca.artifacts.Deployment.Image.Container.Docker';
    template.findings.add('tosca-image', { range: node.range, path: '', message: `${quoteText(node.name)} has no image.`, hint });
  }
  const range = artifact?.file?.range ?? node.typeRange;
  const config = [
    ...(artifact === null ? [] : [entryAt(range, 'docker.image.name', scalarAt(range, imageName(artifact, template)))]),
    ...environment(node, model),
    ...containerPorts(node, model),
    ...containerVolumes(node, model),
  ];
  return { type: scalarAt(node.typeRange, 'docker-container'), config };
}

function environment(node: NodeTemplate, model: Model): readonly SourceEntry[] {
  const variables: Environment = new Map();
  for (const operation of lifecycleOperations(node)) {
    const { implementation } = operation;
    if (['create', 'configure', 'start'].includes(operation.name)) {
      addInputs(operation, { self: node, link: null, holder: node }, variables, model);
    }
    if (implementation !== null && !isImage(node, implementation.name, implementation.artifactType, model)) {
      const message = `${quoteText(implementation.name)} is not run: a container runs what its image says.`;
      const hint = 'Put what the script does into the image.';
      model.template.findings.add('tosca-script', { range: implementation.range, path: '', message, hint });
    }
  }
  if (variables.size === 0) return [];
  const entries = [...variables].map(([name, { value, range }]) => entryAt(range, name, toText(value)));
  return [entryAt(node.range, 'docker.container.environment', mapAt(node.range, entries))];
}

/** The name of an artifact that is an image, or the image itself. */
function isImage(node: NodeTemplate, name: string, type: string | null, { template }: Model): boolean {
  if (isImageType(type ?? node.artifacts.get(name)?.type ?? null, template)) return true;
  return textOf(imageArtifact(node, template)?.file ?? undefined) === name;
}

/** A variable is a text: maps and lists are given as JSON. */
function toText(node: SourceNode): SourceNode {
  return node.kind === 'scalar' || isLive(node) ? node : scalarAt(node.range, JSON.stringify(toJson(node)));
}

function toJson(node: SourceNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toJson);
  return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, toJson(value)]));
}
