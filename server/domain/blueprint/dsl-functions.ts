/** What a `$brooklyn:` function stands on and gives. */
export interface DslFunction {
  /** `entity`: found from an entity, gives one. `value`: read from an entity, gives a value. `text`: needs no entity. */
  readonly kind: 'entity' | 'value' | 'text';
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  readonly usage: string;
}

export const DSL_FUNCTIONS: ReadonlyMap<string, DslFunction> = new Map([
  ['self', { kind: 'entity', arity: [0, 0], usage: 'self()' }],
  ['parent', { kind: 'entity', arity: [0, 0], usage: 'parent()' }],
  ['root', { kind: 'entity', arity: [0, 0], usage: 'root()' }],
  ['component', { kind: 'entity', arity: [1, 2], usage: 'component("id") or component("scope", "id")' }],
  ['entity', { kind: 'entity', arity: [1, 1], usage: 'entity("id")' }],
  ['sibling', { kind: 'entity', arity: [1, 1], usage: 'sibling("id")' }],
  ['child', { kind: 'entity', arity: [1, 1], usage: 'child("id")' }],
  ['descendant', { kind: 'entity', arity: [1, 1], usage: 'descendant("id")' }],
  ['ancestor', { kind: 'entity', arity: [1, 1], usage: 'ancestor("id")' }],
  ['attributeWhenReady', { kind: 'value', arity: [1, 1], usage: 'attributeWhenReady("sensor")' }],
  ['config', { kind: 'value', arity: [1, 1], usage: 'config("key")' }],
  ['formatString', { kind: 'text', arity: [1, 100], usage: 'formatString("%s …", value, …)' }],
  ['literal', { kind: 'text', arity: [1, 1], usage: 'literal("text")' }],
  ['urlEncode', { kind: 'text', arity: [1, 1], usage: 'urlEncode(value)' }],
  ['regexReplacement', { kind: 'text', arity: [3, 3], usage: 'regexReplacement(source, "pattern", "replacement")' }],
]);

/** Brooklyn's functions that are understood but not evaluated. */
export const UNSUPPORTED_DSL_FUNCTIONS: ReadonlySet<string> = new Set([
  'scopeRoot',
  'entityId',
  'member',
  'application',
  'attributeWhenReadyAllowingOnFire',
  'sensor',
  'sensorName',
  'location',
  'locations',
  'entitySpec',
  'object',
  'function',
  'external',
  'template',
  'chain',
  'tag',
  'urlEncodeUserInfo',
]);

/** First argument of `component(scope, id)`, and the function that looks there. */
export const COMPONENT_SCOPES: ReadonlyMap<string, string> = new Map([
  ['global', 'component'],
  ['this', 'self'],
  ['parent', 'parent'],
  ['root', 'root'],
  ['child', 'child'],
  ['sibling', 'sibling'],
  ['descendant', 'descendant'],
  ['ancestor', 'ancestor'],
]);

export const DSL_PREFIX = '$brooklyn:';
export const DSL_LIMITS = { depth: 32, length: 4096 } as const;
