import type { DiagnosticMeanings } from './diagnostic-meaning.ts';

/** Findings about TOSCA templates and the archives that they come in. */
export const TOSCA_CODES = {
  'archive-limit': {
    severity: 'error',
    meaning: 'An archive is larger, or has more files, than is read.',
    remedy: 'Leave out what the blueprint does not need.',
  },
  'archive-unreadable': { severity: 'error', meaning: 'An archive is damaged, or none.', remedy: 'Make the archive again, as zip.' },
  'archive-unsafe': {
    severity: 'error',
    meaning: 'An entry of an archive leads out of it, is a link or another file that is no plain one, or is encrypted.',
    remedy: 'Make the archive of plain files with plain names.',
  },
  'csar-entry': {
    severity: 'error',
    meaning: 'It cannot be told which file of an archive is the template.',
    remedy: 'Put one YAML file at the root, or name it in TOSCA-Metadata/TOSCA.meta as `Entry-Definitions`.',
  },
} as const satisfies DiagnosticMeanings;
