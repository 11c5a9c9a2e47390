import type { DiagnosticMeanings } from './diagnostic-meaning.ts';

/** Findings about `$brooklyn:` expressions. */
export const DSL_CODES = {
  'config-cycle': {
    severity: 'error',
    meaning: 'Config values refer to each other in a circle.',
    remedy: 'Give one of the keys a value of its own.',
  },
  'dependency-cycle': {
    severity: 'error',
    meaning: 'Entities wait for each other’s sensors in a circle: none would ever start.',
    remedy: 'Remove one of the `attributeWhenReady` expressions.',
  },
  'dsl-arguments': {
    severity: 'error',
    meaning: 'A `$brooklyn:` function was given too few, too many or wrong arguments.',
    remedy: 'The hint shows how the function is called.',
  },
  'dsl-entity-value': {
    severity: 'error',
    meaning: 'An expression gives an entity where a value is needed, or the other way round.',
    remedy: 'Add `.attributeWhenReady("sensor")` or `.config("key")` after the entity.',
  },
  'dsl-limit': {
    severity: 'error',
    meaning: 'An expression is longer than 4096 characters or nested deeper than 32.',
    remedy: 'Split the expression: put a part into `brooklyn.config` and read it with `config("key")`.',
  },
  'dsl-siblings': {
    severity: 'error',
    meaning: 'A `$brooklyn:` function written as a key must be the only key of its map.',
    remedy: 'Put the other keys elsewhere.',
  },
  'dsl-syntax': {
    severity: 'error',
    meaning: 'A `$brooklyn:` expression cannot be read.',
    remedy: 'The ▲ in the message stands where reading stopped.',
  },
  'secret-missing': {
    severity: 'error',
    meaning:
      'The blueprint reads a secret that this installation does not have. Found where there is a server: by a plan there and a deploy.',
    remedy: 'An administrator sets it: `clocker secrets set PROVIDER NAME` reads it from standard input.',
  },
  'dsl-unknown-config': {
    severity: 'warning',
    meaning: 'An expression reads a config key that its target neither sets nor declares.',
    remedy: 'Correct the key, or set it on the target or above it.',
  },
  'dsl-unknown-entity': {
    severity: 'warning',
    meaning: 'An expression names an entity that is not in this blueprint; what needs it fails until there is one.',
    remedy: 'Give the service that `id`, or correct the name.',
  },
  'dsl-unknown-function': { severity: 'error', meaning: 'There is no `$brooklyn:` function of this name.', remedy: 'Correct the name.' },
  'dsl-unknown-sensor': {
    severity: 'warning',
    meaning: 'An expression waits for a sensor that its target does not publish.',
    remedy: 'Correct the name; the hint lists what is published.',
  },
  'dsl-unsupported': {
    severity: 'error',
    meaning: 'An expression stands where its value would have to be known when the blueprint is read.',
    remedy: 'Write the text itself.',
  },
} as const satisfies DiagnosticMeanings;
