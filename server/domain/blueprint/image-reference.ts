/** A Docker image as a reference names it. */
export interface ImageReference {
  /** `registry.example.org:5000`; null is Docker Hub. */
  readonly registry: string | null;
  readonly repository: string;
  readonly tag: string | null;
  /** `sha256:…` */
  readonly digest: string | null;
}

export type ImageParse =
  | { readonly ok: true; readonly reference: ImageReference }
  | { readonly ok: false; readonly message: string; readonly hint?: string };

const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const REGISTRY =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::(\d{1,5}))?$/;

/** Reads `[registry[:port]/]name[/name…][:tag][@digest]` by the grammar of the distribution project. */
export function parseImageReference(text: string): ImageParse {
  if (text === '') return { ok: false, message: 'the image is empty' };
  const [named = '', digest, ...more] = text.split('@');
  if (more.length > 0) return { ok: false, message: 'there is more than one “@”' };
  if (digest !== undefined && !DIGEST.test(digest))
    return { ok: false, message: 'the digest after “@” must be sha256: and 64 hexadecimal digits' };
  if (digest?.startsWith('sha256:') && digest.length !== 71) return { ok: false, message: 'a sha256 digest has 64 hexadecimal digits' };
  const slash = named.indexOf('/');
  const head = slash < 0 ? '' : named.slice(0, slash);
  const isRegistry = isRegistryHost(head);
  const path = isRegistry ? named.slice(slash + 1) : named;
  const colon = path.lastIndexOf(':');
  const repository = colon < 0 ? path : path.slice(0, colon);
  const tag = colon < 0 ? null : path.slice(colon + 1);
  const problem = registryProblem(isRegistry ? head : null) ?? repositoryProblem(repository) ?? tagProblem(tag);
  if (problem !== null) return problem;
  return { ok: true, reference: { registry: isRegistry ? head : null, repository, tag, digest: digest ?? null } };
}

/** Whether the first part of an image’s name is a registry: names on Docker Hub have no dot, port or capital there. */
export function isRegistryHost(head: string): boolean {
  return head === 'localhost' || /[.:[A-Z]/.test(head);
}

export function formatImageReference({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry === null ? '' : `${registry}/`}${repository}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
}

type Problem = ImageParse & { readonly ok: false };

function registryProblem(registry: string | null): Problem | null {
  if (registry === null) return null;
  const match = REGISTRY.exec(registry);
  if (match === null) return { ok: false, message: `“${registry.slice(0, 80)}” is no registry host` };
  const port = match[1] === undefined ? 1 : Number(match[1]);
  return port >= 1 && port <= 65_535 ? null : { ok: false, message: `the registry’s port ${port} is not within 1-65535` };
}

function repositoryProblem(repository: string): Problem | null {
  if (repository.length > 255) return { ok: false, message: 'the name is longer than 255 characters' };
  const part = repository.split('/').find((component) => !COMPONENT.test(component));
  if (part === undefined) return null;
  if (part === '') return { ok: false, message: 'a part of the name is empty' };
  const message = `“${part.slice(0, 80)}” is no part of an image’s name`;
  return /[A-Z]/.test(part) ? { ok: false, message, hint: `Names are lower case: ${part.toLowerCase()}` } : { ok: false, message };
}

function tagProblem(tag: string | null): Problem | null {
  if (tag === null || TAG.test(tag)) return null;
  return { ok: false, message: `“${tag.slice(0, 80)}” is no tag: letters, digits, “_”, “.” and “-”, at most 128` };
}
