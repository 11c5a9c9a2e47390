import { type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import type { ArtifactDefinition } from './definitions.ts';
import type { Template } from './template.ts';
import type { NodeTemplate } from './topology.ts';

const DOCKER_IMAGE = 'tosca.artifacts.Deployment.Image.Container.Docker';

/** The artifact that is the image of a container; null where the node has none. */
export function imageArtifact(node: NodeTemplate, template: Template): ArtifactDefinition | null {
  for (const artifact of node.artifacts.values()) if (artifact.file !== null && isImageType(artifact.type, template)) return artifact;
  return null;
}

export function isImageType(type: string | null, { types }: Template): boolean {
  return type !== null && (types.isA('artifact_types', type, DOCKER_IMAGE) || /\bContainer\.Docker\b/.test(type));
}

/** Docker Hub by the addresses that templates give for it. */
const DOCKER_HUB = /^(?:https?:\/\/)?(?:(?:registry\.)?hub\.docker\.com|(?:index\.|registry-1\.)?docker\.io)(?:\/|$)/i;

/** `registry/image:tag`: the file of the artifact below the host of its repository. */
export function imageName({ file, repository }: ArtifactDefinition, { repositories }: Template): string {
  const name = textOf(file ?? undefined)?.trim() ?? '';
  const entry = repository === null ? undefined : repositories.get(repository);
  const url = entry === undefined ? repository : urlOf(entry.value);
  if (url === null || url === '' || DOCKER_HUB.test(url) || (entry === undefined && !/[.:/]/.test(url))) return name;
  const host = url.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, '');
  return name.startsWith(`${host}/`) ? name : `${host}/${name}`;
}

function urlOf(node: SourceNode): string | null {
  return node.kind === 'map' ? textOf(node.entries.get('url')?.value) : textOf(node);
}
