import { classNames } from '../../domain/entity-types/class-names.ts';
import { OVERLAY_CONFIG, SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Attachable networks of Docker Swarm. */
export const plugin: EntityTypePlugin = groupType({
  id: 'overlay-network',
  title: 'Overlay networks',
  description: 'Docker’s own overlay networks, in a Swarm of the hosts.',
  icon: 'layers',
  planned: false,
  aliases: classNames('clocker.docker.networking.entity.sdn.overlay.OverlayNetwork'),
  config: { ...SDN_PROVIDER_CONFIG, ...OVERLAY_CONFIG },
  flags: { ...SDN_PROVIDER_FLAGS },
  sensors: SDN_PROVIDER_SENSORS,
});
