import { z } from 'zod';
import { portRange } from '../entity/value-schemas.ts';
import { optional, preset } from './config-values.ts';

/** As it stands on a command line. */
const word = z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, 'needs letters, digits, “_”, “.” and “-”, at most 100');

/** Nodes of etcd, and the cluster that gives it to all of them. */
export const ETCD_CONFIG = {
  'etcd.cluster.name': preset(word, 'brooklyn', 'Name'),
  'etcd.cluster.token': optional(word, 'Token', 'By which its nodes know each other; its name unless given.'),
  'etcd.port.client': preset(portRange, '2379+', 'Port for clients'),
  'etcd.port.peer': preset(portRange, '2380+', 'Port between nodes'),
};

export const ETCD_FLAGS = {
  clusterName: 'etcd.cluster.name',
  clusterToken: 'etcd.cluster.token',
  etcdClientPort: 'etcd.port.client',
  etcdPeerPort: 'etcd.port.peer',
} as const;
