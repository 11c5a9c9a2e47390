import { z } from 'zod';
import { networkDefinitions } from '../../domain/entity/container-networks.ts';
import { volumeDefinitions } from '../../domain/entity/container-volumes.ts';
import { SENSOR } from '../../domain/entity/entity.ts';
import { LIFECYCLE_EFFECTORS } from '../../domain/entity/lifecycle-effectors.ts';
import { networkRules } from '../../domain/network/network-rules.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const config = z.looseObject({
  'docker.networks': networkDefinitions.optional(),
  'network.rules': networkRules.optional().describe('Who may connect to whom on its networks; with rules they are closed but for them.'),
  'docker.volumes': volumeDefinitions.optional(),
});

/** The root of every deployed blueprint, and a plain group below it. */
export const plugin: EntityTypePlugin<z.infer<typeof config>> = {
  id: 'application',
  title: 'Application',
  description: 'Services that are deployed, started and stopped together.',
  icon: 'boxes',
  aliases: [
    'BasicApplication',
    'brooklyn.entity.basic.BasicApplication',
    'org.apache.brooklyn.entity.stock.BasicApplication',
    'BasicStartable',
    'brooklyn.entity.basic.BasicStartable',
    'org.apache.brooklyn.entity.stock.BasicStartable',
    'BasicEntity',
    'brooklyn.entity.basic.BasicEntity',
    'org.apache.brooklyn.entity.stock.BasicEntity',
  ],
  kind: 'group',
  application: true,
  config,
  flags: {},
  sensors: [
    { name: SENSOR.state, type: 'string', description: 'State: RUNNING, STOPPED, ON_FIRE …' },
    { name: SENSOR.isUp, type: 'boolean', description: 'True while all its services serve' },
  ],
  effectors: LIFECYCLE_EFFECTORS,
};
