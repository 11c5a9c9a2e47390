import { z } from 'zod';
import { rolloutUpdate } from '../../domain/entity/container-config.ts';
import { SENSOR } from '../../domain/entity/entity.ts';
import { LIFECYCLE_EFFECTORS } from '../../domain/entity/lifecycle-effectors.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const MOST_MEMBERS = 10_000;
const size = z.int('needs a whole number').min(0).max(MOST_MEMBERS);

const config = z
  .looseObject({
    'cluster.initial.size': size.default(1).meta({ title: 'Initial size', description: 'Members when it is first started.' }),
    'cluster.max.size': size.optional().meta({ title: 'Most members', description: 'It is never resized beyond this.' }),
    quorum: z
      .union([z.enum(['all', 'atLeastOne', 'atLeastOneUnlessEmpty']), size], 'needs all, atLeastOne, atLeastOneUnlessEmpty or a number')
      .default('atLeastOneUnlessEmpty')
      .meta({ title: 'Quorum', description: 'Members that must be up for the cluster to be up.' }),
    update: rolloutUpdate.optional(),
  })
  .superRefine((value, context) => {
    const most = value['cluster.max.size'];
    if (most === undefined || value['cluster.initial.size'] <= most) return;
    context.addIssue({ code: 'custom', path: ['cluster.initial.size'], message: `is more than cluster.max.size (${most})` });
  });

/** A group whose members are copies of one member spec. */
export const plugin: EntityTypePlugin<z.infer<typeof config>> = {
  id: 'dynamic-cluster',
  title: 'Cluster',
  description: 'As many copies of one service as wanted, resized while it runs.',
  icon: 'layers',
  aliases: [
    'DynamicCluster',
    'brooklyn.entity.group.DynamicCluster',
    'org.apache.brooklyn.entity.group.DynamicCluster',
    'cluster',
    'DynamicWebAppCluster',
    'brooklyn.entity.webapp.DynamicWebAppCluster',
    'org.apache.brooklyn.entity.webapp.DynamicWebAppCluster',
  ],
  kind: 'cluster',
  config,
  flags: {
    initialSize: 'cluster.initial.size',
    'initial.size': 'cluster.initial.size',
    maxSize: 'cluster.max.size',
    'cluster.initial.quorumSize': 'quorum',
    initialQuorumSize: 'quorum',
  },
  sensors: [
    { name: SENSOR.state, type: 'string', description: 'State: RUNNING, STOPPED, ON_FIRE …' },
    { name: SENSOR.isUp, type: 'boolean', description: 'True while the quorum of members serves' },
    { name: SENSOR.groupSize, type: 'number', description: 'Members', unit: 'count' },
  ],
  effectors: [
    ...LIFECYCLE_EFFECTORS,
    {
      name: 'resize',
      description: 'Add or remove members, the newest first',
      parameters: z.object({ desiredSize: size }),
      destructive: true,
    },
  ],
};
