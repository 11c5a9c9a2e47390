import { classNames } from '../../domain/entity-types/class-names.ts';
import { SDN_AGENT_CONFIG, SDN_AGENT_FLAGS, SDN_AGENT_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Made by its provider on every host of the cloud: not a service by itself. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'overlay-plugin',
  title: 'Overlay plug-in',
  description: 'Docker’s overlay networks on one host.',
  icon: 'cable',
  planned: true,
  aliases: classNames('clocker.docker.networking.entity.sdn.overlay.OverlayPlugin'),
  config: { ...SDN_AGENT_CONFIG },
  flags: { ...SDN_AGENT_FLAGS },
  sensors: SDN_AGENT_SENSORS,
});
