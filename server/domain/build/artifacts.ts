import { type ArtifactRewrite, rewriteUrls } from '../artifact/artifact-rule.ts';
import { askKey, BUILD, type BuildAsk, type BuildKeys, buildAsk, buildConfig, DOCKERFILE_TEXT, DOCKERFILE_URL } from './build-ask.ts';

/** What came from elsewhere for one build, as it was when the blueprint was deployed. */
export interface BuildSource {
  /** Content hash of the files beside the Dockerfile; null where there are none. */
  readonly context: string | null;
  /** Text of the Dockerfile, nothing put into it yet; null where the config has it. */
  readonly dockerfile: string | null;
  /** Where the Dockerfile stands among the files; null where it does not. */
  readonly path: string | null;
}

/** What an application's images are made of besides its config. Kept with each generation, so that it can be built again as it was. */
export interface Artifacts {
  /** By the key of what was asked for. */
  readonly sources?: Readonly<Record<string, BuildSource>>;
  /** Texts of files that software is given, by what they are called in `files.…` and `templates.…`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Content hashes of archives that software is given, by what the config calls them. */
  readonly archives?: Readonly<Record<string, string>>;
  /** Those of the installation when it was deployed. */
  readonly rules?: readonly ArtifactRewrite[];
}

const COMMANDS: readonly string[] = ['pre.install.command', 'install.command', 'post.install.command', 'download.url'];

/** Where recipes come from: a URL, or several by name or in a list. */
const RECIPES: readonly string[] = [
  'brooklyn.ansible.playbookUrl',
  'brooklyn.chef.cookbooksUrls',
  'brooklyn.salt.formulaUrls',
  'puppet.manifestUrl',
  'puppet.modulesUrls',
];

/** Keys that shape an image. */
export const IMAGE_KEYS: readonly string[] = [BUILD, DOCKERFILE_URL, DOCKERFILE_TEXT, ...COMMANDS];

export type WithArtifacts<Config> =
  | { readonly ok: true; readonly config: Config }
  /** Nothing was kept of it. */
  | { readonly ok: false; readonly missing: BuildAsk };

/** Config with the Dockerfile and the hash of the context in the place of their names, and all URLs rewritten. */
export function withArtifacts<Config extends BuildKeys>(config: Config, { sources = {}, rules = [] }: Artifacts): WithArtifacts<Config> {
  const ask = buildAsk(config);
  const source = ask === null ? inlineSource(config) : sources[askKey(ask)];
  if (ask !== null && source === undefined) return { ok: false, missing: ask };
  const found = source === undefined ? config : withSource(config, source);
  const rewritten = [DOCKERFILE_TEXT, ...COMMANDS, ...RECIPES].flatMap((key) => {
    return found[key] === undefined ? [] : [[key, rewriteTexts(found[key], rules)] as const];
  });
  return { ok: true, config: { ...found, ...Object.fromEntries(rewritten) } };
}

function rewriteTexts(value: unknown, rules: readonly ArtifactRewrite[]): unknown {
  if (typeof value === 'string') return rewriteUrls(value, rules);
  if (Array.isArray(value)) return value.map((item) => rewriteTexts(item, rules));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, rewriteTexts(item, rules)]));
}

/** A Dockerfile that stands in `docker.build` and has no files beside it. */
function inlineSource(config: BuildKeys): BuildSource | undefined {
  const inline = buildConfig.safeParse(config[BUILD] ?? {}).data?.dockerfile_inline;
  return inline === undefined ? undefined : { context: null, dockerfile: inline, path: null };
}

function withSource<Config extends BuildKeys>(config: Config, { context, dockerfile, path }: BuildSource): Config {
  const { [DOCKERFILE_URL]: _, [BUILD]: build, ...rest } = config;
  const { context: __, dockerfile: ___, dockerfile_inline: inline, ...kept } = (build ?? {}) as Record<string, unknown>;
  const text = dockerfile ?? inline;
  return {
    ...rest,
    ...(text === undefined ? {} : { [DOCKERFILE_TEXT]: text }),
    [BUILD]: { ...kept, ...(context === null ? {} : { context }), ...(path === null ? {} : { dockerfile: path }) },
  } as unknown as Config;
}
