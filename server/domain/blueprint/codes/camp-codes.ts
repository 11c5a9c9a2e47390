import type { DiagnosticMeanings } from './diagnostic-meaning.ts';

/** Findings about what a blueprint asks for. */
export const CAMP_CODES = {
  'adjunct-conflict': {
    severity: 'error',
    meaning: 'Two policies or enrichers of the blueprint would change the same thing, each as it sees fit.',
    remedy: 'Keep one of them; or give each a thing of its own.',
  },
  'adjunct-kind': {
    severity: 'error',
    meaning: 'What is listed among the policies, enrichers or initializers is something else.',
    remedy: 'Move it to where the hint says.',
  },
  'adjunct-moved': {
    severity: 'warning',
    meaning: 'A policy is listed among the enrichers, or an enricher among the policies; it is taken for what it is.',
    remedy: 'Move it to the other list.',
  },
  'build-file-missing': {
    severity: 'error',
    meaning: 'A folder or file that an image is built from did not come with the blueprint.',
    remedy: 'Bring it together with the blueprint, or correct the path.',
  },
  'build-invalid': {
    severity: 'error',
    meaning: 'What an image is built from cannot be read from there, or two keys say it differently.',
    remedy: 'The message says which.',
  },
  'build-source': {
    severity: 'error',
    meaning: 'What an image is built from could not be fetched, is too large, or is not what it should be.',
    remedy: 'The message says why; the hint what helps.',
  },
  'config-invalid': {
    severity: 'error',
    meaning: 'A config value is not what its type asks for, or a required one is missing.',
    remedy: 'The message says what the key takes.',
  },
  'config-doubtful': {
    severity: 'warning',
    meaning: 'A config value that is allowed and probably not what is meant.',
    remedy: 'The message says what will happen.',
  },
  'config-unknown': {
    severity: 'warning',
    meaning: 'The type does not declare this config key; it is kept and only `config("key")` reads it.',
    remedy: 'Correct the name, or leave it when an expression reads it.',
  },
  'dependency-unknown': {
    severity: 'error',
    meaning: 'A service waits for another that is not in this blueprint.',
    remedy: 'Correct the id, or add the service.',
  },
  'constraint-unchecked': {
    severity: 'warning',
    meaning: 'A constraint of a parameter is kept but not checked here: an object, or a pattern that could take too long.',
    remedy: 'Use a simpler pattern, or check the value yourself.',
  },
  'id-duplicate': { severity: 'error', meaning: 'Two services have the same id.', remedy: 'Rename one.' },
  'id-invalid': {
    severity: 'error',
    meaning: 'An id must be letters, digits, `.`, `_` and `-`, begin with a letter or digit, at most 63 characters.',
    remedy: 'Choose another id; the `name` may hold anything that can be read.',
  },
  'image-invalid': {
    severity: 'error',
    meaning: 'An image reference cannot be read.',
    remedy: 'Write `[registry[:port]/]name[:tag][@digest]`.',
  },
  'image-twice': { severity: 'error', meaning: 'The image is given both in the type and in the config.', remedy: 'Keep one.' },
  'key-deprecated': {
    severity: 'warning',
    meaning: 'A parameter is given by an old name; it counts under its present one.',
    remedy: 'Take the present name.',
  },
  'key-unknown': {
    severity: 'error',
    meaning: 'A blueprint or service has no such key, and one with a similar name exists.',
    remedy: 'Take the name in the hint.',
  },
  'key-ignored': {
    severity: 'warning',
    meaning: 'A key that has no effect here.',
    remedy: 'Remove it, or move config below `brooklyn.config`.',
  },
  'location-conflict': {
    severity: 'error',
    meaning: 'More than one location is given, and the type takes one.',
    remedy: 'Keep one.',
  },
  'location-invalid': {
    severity: 'error',
    meaning: 'A location cannot be read, or has wrong hosts or options.',
    remedy: 'The message says what is wrong; a cloud is given by its name.',
  },
  'location-unsupported': {
    severity: 'warning',
    meaning: 'The location is not the name of a cloud; one is chosen when deploying.',
    remedy: 'Add the hosts to a cloud and name it.',
  },
  'looks-like-secret': {
    severity: 'warning',
    meaning: 'A password, token or private key stands in the text in plain, where whoever is given the text reads it.',
    remedy: 'Keep it outside of the text, as the hint shows.',
  },
  'member-spec-missing': {
    severity: 'error',
    meaning: 'A cluster needs `memberSpec`: what one member is.',
    remedy: 'Add `memberSpec:` with a `type`.',
  },
  'name-invalid': {
    severity: 'error',
    meaning: 'A name is empty, longer than 120 characters or holds invisible or direction-changing characters.',
    remedy: 'Choose another name.',
  },
  'names-alike': {
    severity: 'warning',
    meaning: 'Two ids, or two names, that differ only in case or in how their accents are written.',
    remedy: 'Rename one, or write both in the same way.',
  },
  'not-supported': {
    severity: 'warning',
    meaning: 'Understood, but nothing acts on it in this version.',
    remedy: 'Nothing to do; remove it to be rid of the warning.',
  },
  'parameter-invalid': {
    severity: 'error',
    meaning: 'One of `brooklyn.parameters` cannot be read, or its default is not what it asks for.',
    remedy: 'The message says what is wrong.',
  },
  'services-missing': {
    severity: 'error',
    meaning: 'A blueprint needs `services`: a list of at least one.',
    remedy: 'Add `services:` and a list.',
  },
  'too-many-findings': { severity: 'info', meaning: 'There are more findings than are shown.', remedy: 'Mend those shown first.' },
  'type-missing': { severity: 'error', meaning: 'A service needs `type`.', remedy: 'Add `type:`.' },
  'unknown-type': {
    severity: 'error',
    meaning: 'No type has this name; what is of that type is kept as it is written and cannot be deployed.',
    remedy: 'Take one of the names in the hint, or `docker:IMAGE`.',
  },
  'value-kind': {
    severity: 'error',
    meaning: 'A map, a list or a text is needed here and something else was given.',
    remedy: 'The message says what is needed.',
  },
} as const satisfies DiagnosticMeanings;
