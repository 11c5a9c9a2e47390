import type { ParameterSpec } from '../entity/entity-spec.ts';

/**
 * How a value passes from an entity to those below it (`runtime`), and from a type to what is made of it (`type`).
 * `never`: not at all, not even from an entity that does not know the key. `none`: from one that does not know the key, and no
 * further than the first that does; the same with `none-else-merge`, where maps are merged. `overwrite`: the nearest wins.
 * `merge`: maps are merged, the nearest winning key by key.
 */
export type InheritanceMode = 'never' | 'none' | 'none-else-merge' | 'overwrite' | 'merge';

export interface ConfigInheritance {
  readonly runtime: InheritanceMode;
  readonly type: InheritanceMode;
}

const OVERWRITE: ConfigInheritance = { runtime: 'overwrite', type: 'overwrite' };
const NEVER: ConfigInheritance = { runtime: 'never', type: 'never' };
const CONSUMED: ConfigInheritance = { runtime: 'none', type: 'overwrite' };
const CONSUMED_MAP: ConfigInheritance = { runtime: 'none-else-merge', type: 'merge' };

/** Keys that differ from `overwrite`, as Brooklyn and Clocker declare them. */
const KEYS: ReadonlyMap<string, ConfigInheritance> = new Map([
  ...['id', 'camp.plan.id', 'camp.template.id', 'defaultDisplayName', 'brooklyn.wrapper_app'].map((key) => [key, NEVER] as const),
  ...['docker.container.openPorts', 'docker.container.directPorts', 'docker.container.portBindings'].map(
    (key) => [key, { runtime: 'never', type: 'overwrite' }] as const,
  ),
  ...['shell.env', 'docker.container.environment', 'docker.container.labels', 'docker.container.files'].map(
    (key) => [key, CONSUMED_MAP] as const,
  ),
  ...['provisioning.properties', 'template.substitutions'].map((key) => [key, { runtime: 'overwrite', type: 'merge' }] as const),
  ...[
    'dynamiccluster.memberspec',
    'dynamiccluster.firstmemberspec',
    'dynamiccluster.removalstrategy',
    'dynamiccluster.restartMode',
    'dynamiccluster.customChildFlags',
    'dynamiccluster.maxConcurrentChildCommands',
    'cluster.initial.size',
    'cluster.initial.quorumSize',
    'cluster.max.size',
    'quorum',
    'quorum.up',
    'quorum.running',
  ].map((key) => [key, CONSUMED] as const),
]);

/** What the key's own declaration among `parameters` says, else what is known of the key. */
export function inheritanceOf(key: string, parameters: readonly ParameterSpec[] = []): ConfigInheritance {
  const known = KEYS.get(key) ?? byForm(key);
  const declared = parameters.find(({ name }) => name === key)?.inheritance;
  if (declared === undefined) return known;
  return { runtime: parseInheritance(declared.runtime) ?? known.runtime, type: parseInheritance(declared.type) ?? known.type };
}

/** Brooklyn's words for the modes; undefined for none of them. */
export function parseInheritance(word: string | undefined): InheritanceMode | undefined {
  return word === undefined ? undefined : WORDS.get(word.trim().toLowerCase().replaceAll('-', '_'));
}

export const INHERITANCE_WORDS: readonly string[] = ['none', 'never', 'overwrite', 'deep_merge'];

const WORDS: ReadonlyMap<string, InheritanceMode> = new Map([
  ['none', 'none'],
  ['not_reinherited', 'none'],
  ['notreinherited', 'none'],
  ['not_reinherited_else_deep_merge', 'none-else-merge'],
  ['never', 'never'],
  ['never_inherited', 'never'],
  ['overwrite', 'overwrite'],
  ['always', 'overwrite'],
  ['deep_merge', 'merge'],
  ['deepmerge', 'merge'],
  ['merge', 'merge'],
]);

function byForm(key: string): ConfigInheritance {
  if (/^(?:files|templates)\./.test(key)) return CONSUMED_MAP;
  return key.endsWith('.command') ? CONSUMED : OVERWRITE;
}

export function merges(mode: InheritanceMode): boolean {
  return mode === 'merge' || mode === 'none-else-merge';
}
