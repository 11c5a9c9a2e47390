import { boolean, text } from '../entity/value-schemas.ts';
import { optional, preset, size } from './config-values.ts';

/** Nodes of Couchbase, and the cluster that gives it to all of them. */
export const COUCHBASE_CONFIG = {
  'couchbase.adminUsername': preset(text, 'Administrator', 'Administrator'),
  'couchbase.adminPassword': preset(text, 'Password', 'Password'),
  'couchbase.clusterInitRamSize': preset(size, 300, 'Memory', 'In MB, of each node.'),
  'couchbase.enterprise.enabled': preset(boolean, true, 'Enterprise edition'),
  'install.version': optional(text, 'Version'),
};

export const COUCHBASE_FLAGS = {
  adminUsername: 'couchbase.adminUsername',
  adminPassword: 'couchbase.adminPassword',
  clusterInitRamSize: 'couchbase.clusterInitRamSize',
  enterprise: 'couchbase.enterprise.enabled',
  version: 'install.version',
} as const;

export const COUCHBASE_SECRETS = ['couchbase.adminPassword'] as const;
