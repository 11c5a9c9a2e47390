import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, size } from '../../domain/entity-types/config-values.ts';

/** Clocker’s ProvisioningFlagsPlacementStrategy. A new host is asked for with the same needs. */
export const plugin: AdjunctType = {
  id: 'provisioning-flags',
  title: 'Machine needs',
  description: 'Refuses hosts with too little memory or too few cores for what is asked.',
  kind: 'placement',
  aliases: classNames('brooklyn.location.docker.strategy.ProvisioningFlagsPlacementStrategy'),
  config: z.looseObject({
    minRam: optional(text, 'Memory', 'In MB, or such as 7g.'),
    minCores: optional(size, 'Cores'),
  }),
  flags: {},
  planned: true,
};
