import type { Diagnostic } from './diagnostic.ts';

interface DiagnosticMeaning {
  readonly severity: Diagnostic['severity'];
  readonly meaning: string;
}

/** Every finding that reading a blueprint can give. docs/diagnostics.md lists the same; a test compares them. */
export const DIAGNOSTICS = {
  'alias-limit': { severity: 'error', meaning: 'Anchors and aliases expand to more values than a blueprint may have.' },
  'anchor-cycle': { severity: 'error', meaning: 'An anchored value contains itself.' },
  'anchor-unknown': { severity: 'error', meaning: 'An alias names an anchor that is not defined before it.' },
  'config-cycle': { severity: 'error', meaning: 'Config values refer to each other in a circle.' },
  'config-invalid': { severity: 'error', meaning: 'A config value is not what its type asks for, or a required one is missing.' },
  'config-unknown': {
    severity: 'warning',
    meaning: 'The type does not declare this config key; it is kept and only `config("key")` reads it.',
  },
  'dependency-cycle': { severity: 'error', meaning: 'Entities wait for each other’s sensors in a circle: none would ever start.' },
  'document-empty': { severity: 'error', meaning: 'There is no blueprint in the text.' },
  'document-many': { severity: 'error', meaning: 'The text holds more than one YAML document.' },
  'dsl-arguments': { severity: 'error', meaning: 'A `$brooklyn:` function was given too few, too many or wrong arguments.' },
  'dsl-entity-value': { severity: 'error', meaning: 'An expression gives an entity where a value is needed, or the other way round.' },
  'dsl-limit': { severity: 'error', meaning: 'An expression is longer than 4096 characters or nested deeper than 32.' },
  'dsl-siblings': { severity: 'error', meaning: 'A `$brooklyn:` function written as a key must be the only key of its map.' },
  'dsl-syntax': { severity: 'error', meaning: 'A `$brooklyn:` expression cannot be read.' },
  'dsl-unknown-config': { severity: 'warning', meaning: 'An expression reads a config key that its target neither sets nor declares.' },
  'dsl-unknown-entity': { severity: 'error', meaning: 'An expression names an entity that is not in this blueprint.' },
  'dsl-unknown-function': { severity: 'error', meaning: 'There is no `$brooklyn:` function of this name.' },
  'dsl-unknown-sensor': { severity: 'warning', meaning: 'An expression waits for a sensor that its target does not publish.' },
  'dsl-unsupported': { severity: 'error', meaning: 'A function of Brooklyn’s that this version does not evaluate.' },
  encoding: { severity: 'error', meaning: 'A character that does not belong in a text file, or text that is not UTF-8.' },
  'id-duplicate': { severity: 'error', meaning: 'Two services have the same id.' },
  'id-invalid': {
    severity: 'error',
    meaning: 'An id must be letters, digits, `.`, `_` and `-`, begin with a letter or digit, at most 63 characters.',
  },
  'image-invalid': { severity: 'error', meaning: 'An image reference cannot be read.' },
  'image-twice': { severity: 'error', meaning: 'The image is given both in the type and in the config.' },
  'key-duplicate': { severity: 'error', meaning: 'A key occurs twice in one map.' },
  'key-not-text': { severity: 'error', meaning: 'A key is not plain text.' },
  'key-reserved': {
    severity: 'error',
    meaning: 'A key that is reserved: `__proto__`, `constructor`, `prototype`, or one beginning with `$dsl` or `$entity`.',
  },
  'key-unknown': { severity: 'error', meaning: 'A blueprint or service has no such key, and one with a similar name exists.' },
  'key-ignored': { severity: 'warning', meaning: 'A key that has no effect here.' },
  'keys-too-many': { severity: 'error', meaning: 'A map has more than 10,000 keys.' },
  'location-conflict': { severity: 'error', meaning: 'More than one location is given.' },
  'location-unsupported': { severity: 'warning', meaning: 'The location is not the name of a cloud; one is chosen when deploying.' },
  'member-spec-missing': { severity: 'error', meaning: 'A cluster needs `memberSpec`: what one member is.' },
  'merge-limit': { severity: 'error', meaning: 'A map merges more than 8 others.' },
  'name-invalid': {
    severity: 'error',
    meaning: 'A name is empty, longer than 120 characters or holds invisible or direction-changing characters.',
  },
  'number-not-exact': { severity: 'error', meaning: 'A number is beyond what can be kept exactly, or is no finite number.' },
  'not-supported': { severity: 'warning', meaning: 'Understood, but nothing acts on it in this version.' },
  'services-missing': { severity: 'error', meaning: 'A blueprint needs `services`: a list of at least one.' },
  'text-ambiguous': { severity: 'warning', meaning: 'Written without quotes, this is read differently by different YAML versions.' },
  'too-deep': { severity: 'error', meaning: 'Nested deeper than 64.' },
  'too-large': { severity: 'error', meaning: 'The text is larger than 2 MiB, or has more parts than a blueprint may have.' },
  'too-many-findings': { severity: 'info', meaning: 'There are more findings than are shown.' },
  'type-missing': { severity: 'error', meaning: 'A service needs `type`.' },
  'unknown-type': { severity: 'error', meaning: 'No entity type has this name.' },
  'value-kind': { severity: 'error', meaning: 'A map, a list or a text is needed here and something else was given.' },
  'yaml-directive': { severity: 'error', meaning: 'YAML directives are not accepted.' },
  'yaml-syntax': { severity: 'error', meaning: 'The text is not YAML.' },
  'yaml-tab': { severity: 'error', meaning: 'YAML is indented with spaces, not tabs.' },
  'yaml-tag': { severity: 'error', meaning: 'YAML tags are not accepted.' },
} as const satisfies Readonly<Record<string, DiagnosticMeaning>>;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;
