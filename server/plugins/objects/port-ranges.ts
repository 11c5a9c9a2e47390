import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s PortRanges. */
export const plugin: AdjunctType = {
  id: 'port-ranges',
  title: 'Port range',
  description: 'Ports of which the first that is free is taken.',
  kind: 'object',
  aliases: classNames('brooklyn.location.basic.PortRanges', 'org.apache.brooklyn.core.location.PortRanges'),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
