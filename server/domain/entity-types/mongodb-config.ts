import { portRange, text } from '../entity/value-schemas.ts';
import { optional, preset, url } from './config-values.ts';

/** Every process of MongoDB's: servers, config servers, routers, clients. */
export const MONGODB_CONFIG = {
  'mongodb.server.port': preset(portRange, '27017+', 'Port'),
  'mongodb.data.directory': optional(text, 'Data folder'),
  'mongodb.config.url': optional(url, 'Template of its configuration'),
  'mongodb.keyfile.contents': optional(text, 'Key', 'By which members trust each other.'),
  'mongodb.keyfile.url': optional(url, 'URL of the key'),
  'mongodb.root.username': optional(text, 'Root user'),
  'mongodb.root.password': optional(text, 'Root password'),
  'mongodb.authentication.database': optional(text, 'Database of the users', 'admin unless given.'),
};

export const MONGODB_FLAGS = {
  port: 'mongodb.server.port',
  dataDirectory: 'mongodb.data.directory',
  mongodbConfTemplateUrl: 'mongodb.config.url',
  mongodbKeyfileContents: 'mongodb.keyfile.contents',
  mongodbKeyfileUrl: 'mongodb.keyfile.url',
  rootUsername: 'mongodb.root.username',
  rootPassword: 'mongodb.root.password',
  authenticationDatabase: 'mongodb.authentication.database',
} as const;

export const MONGODB_SECRETS = ['mongodb.keyfile.contents', 'mongodb.root.password'] as const;

export const MONGODB_SENSORS = [
  { name: 'mongodb.server.port', type: 'number', description: 'Port' },
  { name: 'mongodb.server.endpoint', type: 'string', description: 'Where it is reached: host:port' },
  { name: 'datastore.url', type: 'string', description: 'Where it is reached' },
  { name: 'mapped.datastore.url', type: 'string', description: 'The same: reached through its host' },
] as const;
