import type { DiagnosticMeanings } from './diagnostic-meaning.ts';

/** Findings about the text itself, before anything is made of it. */
export const YAML_CODES = {
  'alias-limit': {
    severity: 'error',
    meaning: 'Anchors and aliases expand to more values than a blueprint may have.',
    remedy: 'Write the values out, or move them into `brooklyn.config` and read them with `config("key")`.',
  },
  'anchor-cycle': { severity: 'error', meaning: 'An anchored value contains itself.', remedy: 'Remove the alias inside its own anchor.' },
  'anchor-unknown': {
    severity: 'error',
    meaning: 'An alias names an anchor that is not defined before it.',
    remedy: 'Define the anchor above, or correct the name.',
  },
  'document-empty': { severity: 'error', meaning: 'There is no blueprint in the text.', remedy: 'Begin with `services:`.' },
  'document-many': { severity: 'error', meaning: 'The text holds more than one YAML document.', remedy: 'Deploy each document by itself.' },
  encoding: {
    severity: 'error',
    meaning: 'A character that does not belong in a text file, or text that is not UTF-8.',
    remedy: 'Save the file as UTF-8 and remove the character.',
  },
  'key-duplicate': { severity: 'error', meaning: 'A key occurs twice in one map.', remedy: 'Keep one.' },
  'key-repeated': {
    severity: 'warning',
    meaning: 'A config key occurs twice in one map; as in Brooklyn, the last one counts.',
    remedy: 'Keep one, or correct the name of the other.',
  },
  'key-not-text': { severity: 'error', meaning: 'A key is not plain text.', remedy: 'Write a text before the colon.' },
  'key-reserved': {
    severity: 'error',
    meaning:
      'A key that is reserved: `__proto__`, `constructor`, `prototype`, or one beginning with `$dsl`, `$entity`, `$spec` or `$object`.',
    remedy: 'Choose another key.',
  },
  'keys-too-many': { severity: 'error', meaning: 'A map has more than 10,000 keys.', remedy: 'Split the map.' },
  'merge-limit': { severity: 'error', meaning: 'A map merges more than 8 others.', remedy: 'Merge fewer.' },
  'number-not-exact': {
    severity: 'error',
    meaning: 'A number is beyond what can be kept exactly, or is no finite number.',
    remedy: 'Write it in quotes.',
  },
  'text-ambiguous': {
    severity: 'warning',
    meaning: 'Written without quotes, this is read differently by different YAML versions.',
    remedy: 'Write it in quotes to mean the text.',
  },
  'too-deep': { severity: 'error', meaning: 'Nested deeper than 64.', remedy: 'Flatten the value.' },
  'too-large': {
    severity: 'error',
    meaning: 'The text is larger than 2 MiB, or has more parts than a blueprint may have.',
    remedy: 'Split the blueprint.',
  },
  'too-slow': {
    severity: 'error',
    meaning: 'Reading the text took too long and was stopped.',
    remedy: 'Split the blueprint, or look for values that are nested or repeated very many times.',
  },
  'yaml-directive': { severity: 'error', meaning: 'YAML directives are not accepted.', remedy: 'Remove the line.' },
  'yaml-syntax': { severity: 'error', meaning: 'The text is not YAML.', remedy: 'The message says what was expected.' },
  'yaml-tab': { severity: 'error', meaning: 'YAML is indented with spaces, not tabs.', remedy: 'Convert tabs to spaces.' },
  'yaml-tag': { severity: 'error', meaning: 'YAML tags are not accepted.', remedy: 'Remove the tag; write text in quotes.' },
} as const satisfies DiagnosticMeanings;
