import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { cidr, optional, size, url } from '../../domain/entity-types/config-values.ts';
import { SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Needs IBM’s controller. vxlan with control by the controller is the same model. */
export const plugin: EntityTypePlugin = groupType({
  id: 'sdnve-network',
  title: 'IBM SDN VE networks',
  description: 'Networks made by a DOVE controller of IBM’s.',
  icon: 'waypoints',
  planned: true,
  instead: 'vxlan-network',
  aliases: [
    ...classNames('brooklyn.networking.sdn.ibm.SdnVeNetwork', 'clocker.docker.networking.entity.sdn.ibm.SdnVeNetwork'),
    'DoveNetwork',
  ],
  config: {
    ...SDN_PROVIDER_CONFIG,
    'sdn.ibm.dmc.address': optional(text, 'Controller'),
    'sdn.ibm.dmc.username': optional(text, 'User'),
    'sdn.ibm.dmc.password': optional(text, 'Password'),
    'sdn.ibm.vlanId': optional(size, 'VLAN'),
    'sdn.ibm.config.xml.url': optional(url, 'Configuration of the agent'),
    'sdn.ibm.networkSetup.script.url': optional(url, 'Script that makes the bridge'),
    'sdn.ibm.public.enable': optional(boolean, 'Public addresses'),
    'sdn.ibm.public.cidr': optional(cidr, 'Range of public addresses'),
  },
  flags: {
    ...SDN_PROVIDER_FLAGS,
    dmc: 'sdn.ibm.dmc.address',
    dmcUser: 'sdn.ibm.dmc.username',
    dmcPassword: 'sdn.ibm.dmc.password',
    vlanId: 'sdn.ibm.vlanId',
  },
  sensors: SDN_PROVIDER_SENSORS,
  secretKeys: ['sdn.ibm.dmc.password'],
});
