import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** `single:(target=…)`. */
export const plugin: AdjunctType = {
  id: 'single',
  title: 'One machine of another location',
  description: 'Takes one machine of another location for everything.',
  kind: 'location',
  aliases: classNames(
    'brooklyn.location.basic.SingleMachineProvisioningLocation',
    'org.apache.brooklyn.location.byon.SingleMachineProvisioningLocation',
  ),
  config: z.looseObject({
    target: optional(z.unknown(), 'Location'),
  }),
  flags: {},
  planned: false,
};
