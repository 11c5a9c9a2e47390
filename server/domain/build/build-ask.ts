import { z } from 'zod';
import { beside } from '../blueprint/relative-path.ts';
import { texts } from '../entity/config-texts.ts';
import { labels } from '../entity/container-config.ts';

/** What an image is built of besides the config itself. */
export interface BuildAsk {
  /** A folder that came with the blueprint (`.` is that of the blueprint), or the URL of an archive; null where there are no files. */
  readonly context: string | null;
  readonly dockerfile: DockerfileAsk;
}

export type DockerfileAsk =
  /** The config has its text. */
  | { readonly kind: 'written' }
  /** A file of the context. */
  | { readonly kind: 'in-context'; readonly path: string }
  /** A file that came with the blueprint. */
  | { readonly kind: 'file'; readonly path: string }
  /** Its URL, or without a context that of an archive with it. */
  | { readonly kind: 'url'; readonly url: string };

export const BUILD = 'docker.build';
export const DOCKERFILE_URL = 'docker.dockerfile.url';
export const DOCKERFILE_TEXT = 'docker.dockerfile.contents';
export const SUBSTITUTIONS = 'docker.dockerfile.substitutions';

const LONGEST = 4096;
/** In characters. */
export const LONGEST_DOCKERFILE = 100_000;

export const dockerfileText = z.string('needs the text of a Dockerfile').max(LONGEST_DOCKERFILE);

/** `docker.build`: names and meaning are Compose's. */
export const buildConfig = z.strictObject({
  context: z.string('needs a folder, or the URL of an archive').min(1).max(LONGEST).optional(),
  dockerfile: z.string('needs the path of a file in the context').min(1).max(LONGEST).optional(),
  dockerfile_inline: dockerfileText.optional(),
  args: texts.optional(),
  target: z
    .string()
    .regex(/^[\w.-]{1,200}$/, 'needs the name of a stage')
    .optional(),
  labels: labels.optional(),
});

/** Config that tells what is built, as far as it is known. */
export type BuildKeys = { readonly [key: string]: unknown };

/** The part of `docker.build` that names files; the rest may be known later. */
const named = z.object({ context: z.unknown(), dockerfile: z.unknown(), dockerfile_inline: z.unknown() }).partial();

function readNamed(config: BuildKeys): { readonly context?: string; readonly dockerfile?: string; readonly isInline: boolean } {
  const { context, dockerfile, dockerfile_inline: inline } = named.safeParse(config[BUILD] ?? {}).data ?? {};
  return {
    ...(typeof context === 'string' ? { context } : {}),
    ...(typeof dockerfile === 'string' ? { dockerfile } : {}),
    isInline: inline !== undefined,
  };
}

/** Null where the config has all there is: nothing has to come from elsewhere. */
export function buildAsk(config: BuildKeys): BuildAsk | null {
  const build = readNamed(config);
  const url = config[DOCKERFILE_URL];
  const context = build.context === undefined ? null : contextOf(build.context);
  if (typeof url === 'string') return { context, dockerfile: isUrl(url) ? { kind: 'url', url } : { kind: 'file', path: beside('', url) } };
  if (context === null) return null;
  const isWritten = config[DOCKERFILE_TEXT] !== undefined || build.isInline;
  return {
    context,
    dockerfile: isWritten ? { kind: 'written' } : { kind: 'in-context', path: beside('', build.dockerfile ?? 'Dockerfile') },
  };
}

/** Names what is asked for among all that a blueprint asks for. */
export function askKey({ context, dockerfile }: BuildAsk): string {
  return `${context ?? ''}#${dockerfileKey(dockerfile)}`;
}

function dockerfileKey(dockerfile: DockerfileAsk): string {
  switch (dockerfile.kind) {
    case 'written':
      return '';
    case 'in-context':
      return dockerfile.path;
    case 'file':
      return `file:${dockerfile.path}`;
    case 'url':
      return dockerfile.url;
  }
}

/** What these keys say against each other, or cannot mean: at which of them, and why. Null where it can be built. */
export function askProblem(config: BuildKeys): { readonly key: string; readonly message: string; readonly hint: string } | null {
  const build = readNamed(config);
  const given = [
    [DOCKERFILE_TEXT, config[DOCKERFILE_TEXT]],
    [DOCKERFILE_URL, config[DOCKERFILE_URL]],
    [`${BUILD}.dockerfile`, build.dockerfile],
    [`${BUILD}.dockerfile_inline`, build.isInline || undefined],
  ].flatMap(([name, value]) => (value === undefined ? [] : [String(name)]));
  const [first, second] = given;
  if (first !== undefined && second !== undefined) {
    const key = second.startsWith(BUILD) ? BUILD : second;
    return { key, message: `“${first}” and “${second}” both tell the Dockerfile.`, hint: 'Keep one.' };
  }
  const url = config[DOCKERFILE_URL];
  const urlProblem = typeof url === 'string' ? referenceProblem(url) : null;
  if (urlProblem !== null) return { key: DOCKERFILE_URL, ...urlProblem };
  const contextProblem = build.context === undefined ? null : referenceProblem(build.context);
  if (contextProblem !== null) return { key: BUILD, ...contextProblem };
  const isBuilt = build.context !== undefined || given.length > 0;
  if (isBuilt && config['docker.image.name'] !== undefined) {
    const key = config[BUILD] === undefined ? DOCKERFILE_URL : BUILD;
    return {
      key,
      message: 'An image is given, and what to build one of as well.',
      hint: 'Write “type: docker-container” without an image.',
    };
  }
  const isOutside = build.dockerfile !== undefined && /^\.\.(?:\/|$)|^\//.test(beside('', build.dockerfile) || '..');
  if (isOutside || build.dockerfile?.startsWith('/')) {
    return { key: BUILD, message: 'The Dockerfile is outside of the context.', hint: `Name it with “${DOCKERFILE_URL}”.` };
  }
  if (build.dockerfile !== undefined && build.context === undefined) {
    return { key: BUILD, message: '“dockerfile” is a file of the context, and there is none.', hint: 'Add “context”, a folder.' };
  }
  return null;
}

function referenceProblem(written: string): { readonly message: string; readonly hint: string } | null {
  if (isUrl(written)) return urlProblem(written);
  const hint = 'Write a path relative to the blueprint, or an address that begins with http:// or https://.';
  if (/^git@|\.git(?:#|$)|^[a-z][a-z0-9+.-]*:/i.test(written)) return { message: 'Nothing is read from there.', hint };
  if (/^[/~]/.test(written)) return { message: 'This is a path of one machine.', hint };
  return null;
}

function urlProblem(written: string): { readonly message: string; readonly hint: string } | null {
  const url = URL.parse(written);
  if (url === null) return { message: 'This is no URL.', hint: 'Write it as https://example.org/web.tar.gz.' };
  if (url.username !== '' || url.password !== '') {
    return { message: 'The URL holds a login, which would be kept and shown.', hint: 'Serve it to the console without one.' };
  }
  if (/\.git(?:#|$)/i.test(written)) {
    return { message: 'Repositories of Git are not read.', hint: 'Give the URL of an archive (.tar.gz, .zip) of it.' };
  }
  return null;
}

export function isUrl(written: string): boolean {
  return /^https?:\/\//i.test(written);
}

/** A folder as `contexts` of an input has it; an address as it is. */
export function contextOf(written: string): string {
  return isUrl(written) ? written : beside('', written) || '.';
}

/** The path from the folder of a context; null for a file that is not below it. */
export function pathInContext(folder: string, path: string): string | null {
  const at = beside('', path);
  const prefix = folder === '.' ? '' : `${folder}/`;
  const isBelow = at.startsWith(prefix) && at.length > prefix.length && !at.startsWith('../', prefix.length);
  return isBelow ? at.slice(prefix.length) : null;
}
