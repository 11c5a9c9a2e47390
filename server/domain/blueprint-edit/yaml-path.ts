import { joinPath } from '../blueprint/findings.ts';

/** Keys of maps (as text, also numbers) and positions in lists, from the top of the text. */
export type YamlPath = readonly (string | number)[];

/** `services[0].brooklyn.config.docker.memory`, as diagnostics write it; for the top of the text, `the text`. */
export function formatPath(path: YamlPath): string {
  return path.length === 0 ? 'the text' : path.reduce<string>(joinPath, '');
}

export function isSamePath(a: YamlPath, b: YamlPath): boolean {
  return a.length === b.length && isPathBelow(a, b);
}

/** True when `path` is `above` or lies in it. */
export function isPathBelow(path: YamlPath, above: YamlPath): boolean {
  return above.every((key, depth) => path[depth] === key);
}
