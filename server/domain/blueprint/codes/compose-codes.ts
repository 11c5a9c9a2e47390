// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import type { DiagnosticMeanings } from './diagnostic-meaning.ts';

/** Findings about Compose files and `docker run` commands. */
export const COMPOSE_CODES = {
  'compose-circle': {
    severity: 'error',
    meaning: 'Files that include each other, or services that extend each other, in a circle.',
    remedy: 'Remove one of the references.',
  },
  'compose-conflict': {
    severity: 'error',
    meaning: 'Two settings that exclude or contradict each other.',
    remedy: 'Keep one.',
  },
  'compose-copied': {
    severity: 'info',
    meaning: 'A file or folder beside the Compose file is copied into the container when it is made, instead of being mounted.',
    remedy: 'Nothing to do. Update the application after changing the file; what the container writes there stays there.',
  },
  'compose-dangerous': {
    severity: 'error',
    meaning: 'Would give the container power over its host or over containers of others.',
    remedy: 'Remove it. The message says what it would allow.',
  },
  'compose-doubtful': {
    severity: 'warning',
    meaning: 'Works, but is probably not what is meant.',
    remedy: 'The message says what will happen.',
  },
  'compose-file-format': {
    severity: 'error',
    meaning: 'A Compose file, environment file or command that cannot be understood.',
    remedy: 'The message says what is needed.',
  },
  'compose-file-missing': {
    severity: 'error',
    meaning: 'A file that the Compose file refers to did not come with it.',
    remedy: 'Put it beside the Compose file, or correct the path.',
  },
  'compose-file-refused': {
    severity: 'error',
    meaning: 'A reference to a file that is not read: outside of the folder, or on another machine.',
    remedy: 'Copy the file beside the Compose file.',
  },
  'compose-folder': {
    severity: 'warning',
    meaning: 'An empty folder beside the Compose file becomes a volume of the application.',
    remedy: 'Nothing to do. Name a volume in the file to be rid of the warning; put files into the folder to have them copied.',
  },
  'compose-key-unknown': {
    severity: 'error',
    meaning: 'The Compose Specification has no such key here.',
    remedy: 'Take the name in the hint; keys of your own begin with `x-`.',
  },
  'compose-no-effect': {
    severity: 'warning',
    meaning: 'A key of Compose that is understood and has no effect here.',
    remedy: 'Nothing to do; the message says what happens instead.',
  },
  'compose-note': {
    severity: 'info',
    meaning: 'A key of Compose that only documents, is obsolete, or means the same when it is left away.',
    remedy: 'Nothing to do.',
  },
  'compose-port': {
    severity: 'error',
    meaning: 'Ports that cannot be read, or that two containers cannot both have.',
    remedy: 'Write `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`, in quotes.',
  },
  'compose-reference': {
    severity: 'error',
    meaning: 'A service names a network, volume, config, secret or service that the file does not have.',
    remedy: 'Correct the name, or add it at the top of the file.',
  },
  'compose-unsupported': {
    severity: 'error',
    meaning: 'A key of Compose that cannot be honoured here, and without which the service would not be what was written.',
    remedy: 'The hint says what to do instead; else remove it.',
  },
  'compose-value': {
    severity: 'error',
    meaning: 'A value is not what its key takes.',
    remedy: 'The message says what the key takes.',
  },
  'compose-variable-limit': {
    severity: 'error',
    meaning: 'Variables nested deeper than 8 in each other’s default values.',
    remedy: 'Put the inner ones into variables of their own.',
  },
  'compose-variable-required': {
    severity: 'error',
    meaning: 'A variable written as `${NAME:?message}` has no value.',
    remedy: 'Give it when you deploy (its field, or `--set`), or in `.env` beside the file.',
  },
  'compose-variable-syntax': {
    severity: 'error',
    meaning: 'A `${…}` that cannot be read.',
    remedy: 'Write `${NAME}` or `${NAME:-default}`; `$$` stands for a dollar sign.',
  },
  'compose-variable-unset': {
    severity: 'error',
    meaning: 'A variable has no value, and none is given for that case.',
    remedy: 'Give it when you deploy (its field, or `--set`), or in `.env` beside the file, or write `${NAME:-default}`.',
  },
} as const satisfies DiagnosticMeanings;
