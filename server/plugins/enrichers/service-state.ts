import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s ComputeServiceState. */
export const plugin: AdjunctType = {
  id: 'service-state',
  title: 'State',
  description: 'Works out the state of an entity from what was expected, whether it is up and its problems. Every entity has it anyway.',
  kind: 'enricher',
  aliases: [
    ...classNames(
      'brooklyn.entity.basic.ServiceStateLogic$ComputeServiceState',
      'org.apache.brooklyn.core.entity.lifecycle.ServiceStateLogic$ComputeServiceState',
    ),
    'ComputeServiceState',
  ],
  config: z.looseObject({}),
  flags: {},
  planned: false,
};
