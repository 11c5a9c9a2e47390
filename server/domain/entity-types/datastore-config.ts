import { text } from '../entity/value-schemas.ts';
import { optional, url } from './config-values.ts';

/** Databases that run a script when their data is first made. */
export const CREATION_SCRIPT_CONFIG = {
  'datastore.creation.script.contents': optional(text, 'Creation script', 'Run once, when the data is first made.'),
  'datastore.creation.script.url': optional(
    url,
    'Source of the creation script',
    'A URL, or a file beside the blueprint; read when it is deployed.',
  ),
  'datastore.creation.script.template.url': optional(url, 'URL of a template of the creation script'),
};

export const CREATION_SCRIPT_FLAGS = {
  creationScriptContents: 'datastore.creation.script.contents',
  creationScriptUrl: 'datastore.creation.script.url',
  creationScriptTemplateUrl: 'datastore.creation.script.template.url',
} as const;

export const DATASTORE_SENSORS = [
  { name: 'datastore.url', type: 'string', description: 'Where it is reached' },
  { name: 'mapped.datastore.url', type: 'string', description: 'The same: reached through its host' },
] as const;
