import { z } from 'zod';
import type { KeyNotes } from '../blueprint/type-registry.ts';
import { removalStrategy } from '../cluster/removal-order.ts';
import { rolloutUpdate } from '../entity/container-config.ts';
import { SENSOR } from '../entity/entity.ts';
import { LIFECYCLE_EFFECTORS } from '../entity/lifecycle-effectors.ts';
import { CLUSTER_CONFIG, CLUSTER_FLAGS, GROUP_NOT_HONOURED, quorum } from './cluster-config.ts';

/*
 * Clusters that the engine makes. Of what Brooklyn's DynamicCluster takes, some is not acted on yet; where leaving it out would
 * give another cluster than was asked for, the deploy is refused.
 */

const MOST_MEMBERS = 10_000;
const members = z.int('needs a whole number').min(0).max(MOST_MEMBERS);

const { 'quorum.up': _up, ...shared } = CLUSTER_CONFIG;

export const DYNAMIC_CLUSTER_CONFIG = {
  ...shared,
  'cluster.initial.size': members.default(1).meta({ title: 'Initial size', description: 'Members when it is first started.' }),
  'cluster.max.size': members.optional().meta({ title: 'Most members', description: 'It is never resized beyond this.' }),
  'dynamiccluster.removalstrategy': removalStrategy.optional().meta({
    title: 'Removal',
    description: 'Which member goes first: newest, oldest, one with a value of a sensor, or the first of a list that finds one.',
  }),
  quorum: quorum
    .default('atLeastOneUnlessEmpty')
    .meta({ title: 'Quorum', description: 'Members that must be up for the cluster to be up.' }),
  update: rolloutUpdate.optional(),
};

/** The initial size may not be more than the most. */
export function checkClusterSizes(
  value: { readonly 'cluster.initial.size': number; readonly 'cluster.max.size'?: number | undefined },
  context: z.core.$RefinementCtx,
): void {
  const most = value['cluster.max.size'];
  if (most === undefined || value['cluster.initial.size'] <= most) return;
  context.addIssue({ code: 'custom', path: ['cluster.initial.size'], message: `is more than cluster.max.size (${most})`, input: value });
}

export const DYNAMIC_CLUSTER_FLAGS = {
  ...CLUSTER_FLAGS,
  'quorum.up': 'quorum',
  upQuorumCheck: 'quorum',
  'enricher.service_state.children_and_members.quorum.up': 'quorum',
} as const;

export const DYNAMIC_CLUSTER_PLANNED_KEYS: KeyNotes = {
  'dynamiccluster.zone.placementStrategy': 'members are spread evenly over zones, and in no other way',
  'dynamiccluster.zone.failureDetector': 'a zone fails with its hosts: what takes no containers is left out',
  'dynamiccluster.numAvailabilityZones': 'zones are those of the hosts, or the ones of dynamiccluster.availabilityZones',
};

export const DYNAMIC_CLUSTER_NOT_HONOURED: KeyNotes = {
  ...GROUP_NOT_HONOURED,
  'cluster.member.id': 'members are numbered by the order in which they are made; the number is at the end of their name',
  'dynamiccluster.quarantineFilter': 'all that have failed by themselves are kept; who finds no place waits for one',
  'start.timeout': 'each member has its own',
};

export const DYNAMIC_CLUSTER_SENSORS = [
  { name: SENSOR.state, type: 'string', description: 'State: RUNNING, STOPPED, ON_FIRE …' },
  { name: SENSOR.isUp, type: 'boolean', description: 'True while the quorum of members serves' },
  { name: SENSOR.groupSize, type: 'number', description: 'Members', unit: 'count' },
  { name: SENSOR.groupMembers, type: 'json', description: 'Ids of its members' },
  { name: 'dynamiccluster.quarantineGroup', type: 'string', description: 'Id of the group of members that did not come up' },
] as const;

export const DYNAMIC_CLUSTER_EFFECTORS = [
  ...LIFECYCLE_EFFECTORS,
  {
    name: 'resize',
    description: 'Add or remove members; the newest go first unless removalStrategy says otherwise',
    parameters: z.object({ desiredSize: members }),
    destructive: true,
  },
  {
    name: 'resizeByDelta',
    description: 'Add that many members, or remove them when it is less than 0',
    parameters: z.object({ delta: z.int('needs a whole number').min(-MOST_MEMBERS).max(MOST_MEMBERS) }),
    destructive: true,
  },
  {
    name: 'replaceMember',
    description: 'Add a member; once it is up, remove this one',
    parameters: z.object({ memberId: z.string('needs the id of a member').min(1) }),
    destructive: true,
  },
] as const;
