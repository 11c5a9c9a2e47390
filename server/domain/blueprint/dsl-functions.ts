/**
 * What a `$brooklyn:` function stands on and gives. `entity`: found from an entity, gives one. `read`: read from an entity, gives a
 * value that may name an entity. `value`: read from an entity, gives a plain value. `text`: needs no entity; behind a value it takes
 * that as its first argument. `spec`: a map is its argument, so it is written as a key.
 */
export type DslKind = 'entity' | 'read' | 'value' | 'text' | 'spec';

export interface DslFunction {
  readonly kind: DslKind;
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  readonly usage: string;
  /** One sentence for editors. */
  readonly gives: string;
  /** What the first text argument names, where that is known: editors offer it. */
  readonly names?: 'entity' | 'sensor' | 'config' | 'scope';
}

/** For “any number”. */
export const MANY = 100;

function lookUp(name: string, where: string): [string, DslFunction] {
  return [name, { kind: 'entity', arity: [1, 1], usage: `${name}("id")`, gives: `The entity with this id ${where}.`, names: 'entity' }];
}

function relative(name: string, gives: string): [string, DslFunction] {
  return [name, { kind: 'entity', arity: [0, 0], usage: `${name}()`, gives }];
}

const WAITING: DslFunction = {
  kind: 'read',
  arity: [1, 2],
  usage: 'attributeWhenReady("sensor"), or as a key: $brooklyn:attributeWhenReady: ["sensor", {timeout: 5m}]',
  gives: 'The value of a sensor, waited for until it is there.',
  names: 'sensor',
};

export const DSL_FUNCTIONS: ReadonlyMap<string, DslFunction> = new Map<string, DslFunction>([
  relative('self', 'The entity that declares the value.'),
  relative('parent', 'The parent of the entity.'),
  relative('root', 'The application.'),
  relative('scopeRoot', 'The root of the catalog item that the entity belongs to, else the application.'),
  [
    'component',
    {
      kind: 'entity',
      arity: [1, 2],
      usage: 'component("id") or component("scope", "id")',
      gives: 'The nearest entity with this id in the application, or in a scope.',
      names: 'entity',
    },
  ],
  lookUp('entity', 'that is nearest in the application'),
  lookUp('child', 'among the children'),
  lookUp('sibling', 'among the other children of the parent'),
  lookUp('descendant', 'below the entity'),
  lookUp('ancestor', 'above the entity'),
  lookUp('member', 'below a group or among its members'),
  lookUp('application', 'among all applications'),
  ['attributeWhenReady', WAITING],
  [
    'attributeWhenReadyAllowingOnFire',
    {
      ...WAITING,
      arity: [1, 1],
      usage: 'attributeWhenReadyAllowingOnFire("sensor")',
      gives: 'The same, for ever, even from an entity on fire.',
    },
  ],
  ['config', { kind: 'read', arity: [1, 1], usage: 'config("key")', gives: 'The value of a config key.', names: 'config' }],
  ['[]', { kind: 'read', arity: [1, 1], usage: 'value[0] or value["key"]', gives: 'An item of a list or map.' }],
  ['entityId', { kind: 'value', arity: [0, 0], usage: 'entityId()', gives: 'The id of the entity while it lives.' }],
  [
    'sensor',
    {
      kind: 'value',
      arity: [1, 2],
      usage: 'sensor("name") or sensor("type", "name")',
      gives: 'The sensor itself, by its name.',
      names: 'sensor',
    },
  ],
  ['sensorName', { kind: 'value', arity: [1, 1], usage: 'sensorName("name")', gives: 'The name of a sensor.', names: 'sensor' }],
  [
    'location',
    { kind: 'value', arity: [0, 1], usage: 'location() or location(1)', gives: 'The first location of the entity, or another one.' },
  ],
  ['locations', { kind: 'value', arity: [0, 0], usage: 'locations()', gives: 'All locations of the entity.' }],
  [
    'template',
    {
      kind: 'value',
      arity: [1, 2],
      usage: `template("Hello \${config['name']}")`,
      gives: 'A text with its placeholders filled in.',
    },
  ],
  [
    'formatString',
    { kind: 'text', arity: [1, MANY], usage: 'formatString("%s …", value, …)', gives: 'A text made of values, as Java formats them.' },
  ],
  ['literal', { kind: 'text', arity: [1, 1], usage: 'literal("text")', gives: 'The text as it is.' }],
  [
    'urlEncode',
    { kind: 'text', arity: [1, 1], usage: 'urlEncode(value)', gives: 'The value encoded for a query or form; a space is “+”.' },
  ],
  [
    'urlEncodeUserInfo',
    { kind: 'text', arity: [1, 1], usage: 'urlEncodeUserInfo(value)', gives: 'The value encoded for user and password of a URL.' },
  ],
  [
    'regexReplacement',
    {
      kind: 'text',
      arity: [3, 3],
      usage: 'regexReplacement(source, "pattern", "replacement")',
      gives: 'The text with every match replaced.',
    },
  ],
  [
    'function.regexReplacement',
    {
      kind: 'text',
      arity: [2, 2],
      usage: 'function.regexReplacement("pattern", "replacement")',
      gives: 'A function that replaces every match.',
    },
  ],
  [
    'external',
    { kind: 'text', arity: [2, 2], usage: 'external("provider", "name")', gives: 'A secret of this installation, shown to nobody.' },
  ],
  ['entitySpec', { kind: 'spec', arity: [1, 1], usage: '$brooklyn:entitySpec:\n  type: …', gives: 'An entity to be made later.' }],
  ['object', { kind: 'spec', arity: [1, 1], usage: '$brooklyn:object:\n  type: …', gives: 'A strategy, policy or plain object.' }],
  [
    'chain',
    {
      kind: 'spec',
      arity: [1, MANY],
      usage: '$brooklyn:chain: [first, {function: [arguments]}, "[0]"]',
      gives: 'Calls one after the other.',
    },
  ],
]);

/** First argument of `component(scope, id)`, and the function that looks there. */
export const COMPONENT_SCOPES: ReadonlyMap<string, string> = new Map([
  ['global', 'component'],
  ['this', 'self'],
  ['parent', 'parent'],
  ['root', 'root'],
  ['scopeRoot', 'scopeRoot'],
  ['child', 'child'],
  ['sibling', 'sibling'],
  ['descendant', 'descendant'],
  ['ancestor', 'ancestor'],
  ['members', 'member'],
  ['membersOnly', 'membersOnly'],
  ['applications', 'application'],
]);

export const DSL_PREFIX = '$brooklyn:';
export const DSL_LIMITS = { depth: 32, length: 4096 } as const;
