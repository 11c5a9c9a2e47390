import { z } from 'zod';
import type { ConfigMap, ConfigValue } from '../blueprint/config-value.ts';
import type { KeyNotes } from '../blueprint/type-registry.ts';
import { duration } from '../entity/container-config.ts';
import { boolean, text } from '../entity/value-schemas.ts';
import { anyMap, latch, optional, preset, size, texts } from './config-values.ts';

/** How many of the children or members must be up: all, atLeastOne …, a number, or points of a line. */
export const quorum = z.union(
  [
    z.enum(['all', 'atLeastOne', 'atLeastOneUnlessEmpty', 'allAndAtLeastOne', 'alwaysTrue', 'alwaysHealthy']),
    size,
    z.array(z.array(z.number()).length(2)).min(2),
    z.looseObject({ $object: z.looseObject({}) }),
    z.string().regex(/^\s*\[.*\]\s*$/),
  ],
  'needs all, atLeastOne, atLeastOneUnlessEmpty, allAndAtLeastOne, alwaysTrue, a number or a list of points',
);

/** Everything that has children or members and is up when enough of them are. */
export const QUORUM_CONFIG = {
  'quorum.up': optional(quorum, 'Quorum to be up', 'Children and members that must be up.'),
  'quorum.running': optional(quorum, 'Quorum to be running', 'Children and members that must have no problem.'),
};

export const QUORUM_FLAGS = {
  upQuorumCheck: 'quorum.up',
  runningQuorumCheck: 'quorum.running',
  'enricher.service_state.children_and_members.quorum.up': 'quorum.up',
  'enricher.service_state.children_and_members.quorum.running': 'quorum.running',
} as const;

/** Brooklyn shows members below a group by entities that stand for them. */
export const GROUP_NOT_HONOURED: KeyNotes = {
  'group.members.delegate': 'members are listed on the group, and stand where they are',
  'group.members.delegate.nameFormat': 'members are listed on the group, and stand where they are',
};

export const GROUP_CONFIG = {
  ...QUORUM_CONFIG,
  'group.members.delegate': optional(boolean, 'Show members as children'),
  'group.members.delegate.nameFormat': optional(text, 'Name of shown members'),
};

/** Clusters whose members are made by it: Brooklyn's DynamicCluster. What a member is stands in `memberSpec`. */
export const CLUSTER_CONFIG = {
  ...GROUP_CONFIG,
  'cluster.initial.size': preset(size, 1, 'Initial size', 'Members when it is first started.'),
  'cluster.initial.quorumSize': optional(
    z.union([z.int().min(-1), z.string().regex(/^(-1|\d+)$/)], 'needs a number of members, or -1'),
    'Initial quorum',
    'Members that must have started for its start to succeed; all unless given.',
  ),
  'cluster.max.size': optional(size, 'Most members', 'It is never resized beyond this.'),
  'cluster.member.id': optional(latch, 'Member number'),
  'dynamiccluster.restartMode': optional(z.enum(['off', 'sequential', 'parallel']), 'Restart', 'How restart treats the members.'),
  'dynamiccluster.quarantineFailedEntities': preset(boolean, true, 'Keep failed members', 'In quarantine, to look at.'),
  'dynamiccluster.quarantineFilter': optional(latch, 'Which failed members are kept'),
  'dynamiccluster.removalstrategy': optional(latch, 'Removal', 'Which member goes first; the newest unless given.'),
  'dynamiccluster.customChildFlags': optional(anyMap, 'Config of members'),
  'dynamiccluster.zone.enable': preset(
    boolean,
    false,
    'Spread over zones',
    'Containers only: each goes to the zone with the fewest members.',
  ),
  'dynamiccluster.zone.failureDetector': optional(latch, 'Failed zones'),
  'dynamiccluster.zone.placementStrategy': optional(latch, 'Choice of a zone', 'Evenly unless given.'),
  'dynamiccluster.availabilityZones': optional(texts, 'Zones', 'Those that members are spread over; all that hosts are in unless given.'),
  'dynamiccluster.numAvailabilityZones': optional(size, 'Number of zones'),
  'dynamiccluster.maxConcurrentChildCommands': optional(size, 'Members worked on at once', '0 is all.'),
  'start.timeout': optional(duration, 'Start timeout', 'None unless given.'),
};

/** How many members a plan makes at first, as far as it says; a Docker cloud has a key of its own. */
export function plannedSize(config: ConfigMap): ConfigValue | undefined {
  return config['docker.host.cluster.initial.size'] ?? config['cluster.initial.size'];
}

export const CLUSTER_FLAGS = {
  ...QUORUM_FLAGS,
  initialSize: 'cluster.initial.size',
  'initial.size': 'cluster.initial.size',
  initialQuorumSize: 'cluster.initial.quorumSize',
  maxSize: 'cluster.max.size',
  clusterMemberId: 'cluster.member.id',
  restartMode: 'dynamiccluster.restartMode',
  quarantineFailedEntities: 'dynamiccluster.quarantineFailedEntities',
  quarantineFilter: 'dynamiccluster.quarantineFilter',
  removalStrategy: 'dynamiccluster.removalstrategy',
  customChildFlags: 'dynamiccluster.customChildFlags',
  enableAvailabilityZones: 'dynamiccluster.zone.enable',
  zoneFailureDetector: 'dynamiccluster.zone.failureDetector',
  zonePlacementStrategy: 'dynamiccluster.zone.placementStrategy',
  availabilityZoneNames: 'dynamiccluster.availabilityZones',
  numAvailabilityZones: 'dynamiccluster.numAvailabilityZones',
  maxConcurrentChildCommands: 'dynamiccluster.maxConcurrentChildCommands',
} as const;
