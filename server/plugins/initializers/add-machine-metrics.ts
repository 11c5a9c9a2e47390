import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s AddMachineMetrics. */
export const plugin: AdjunctType = {
  id: 'add-machine-metrics',
  title: 'Machine metrics',
  description: 'Adds sensors of CPU, memory and load of the machine.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.entity.machine.AddMachineMetrics'),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
