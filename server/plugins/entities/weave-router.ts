import { portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { SDN_AGENT_CONFIG, SDN_AGENT_FLAGS, SDN_AGENT_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Made by its provider on every host of the cloud: not a service by itself. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'weave-router',
  title: 'Weave router',
  description: 'Weave on one host.',
  icon: 'cable',
  planned: true,
  aliases: classNames('brooklyn.networking.sdn.weave.WeaveContainer', 'clocker.docker.networking.entity.sdn.weave.WeaveRouter'),
  config: { ...SDN_AGENT_CONFIG, 'weave.port': preset(portRange, 6783, 'Port') },
  flags: { ...SDN_AGENT_FLAGS, weavePort: 'weave.port' },
  sensors: SDN_AGENT_SENSORS,
});
