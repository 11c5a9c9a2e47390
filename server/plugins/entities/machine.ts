import { z } from 'zod';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { command } from '../../domain/entity-types/config-values.ts';
import { MACHINE_SENSORS } from '../../domain/entity-types/machine-sensors.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MachineEntity. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'machine',
  title: 'Measured machine',
  description: 'A machine whose CPU, memory and load are measured.',
  icon: 'monitor',
  planned: true,
  aliases: classNames('brooklyn.entity.machine.MachineEntity', 'org.apache.brooklyn.entity.machine.MachineEntity'),
  sensors: MACHINE_SENSORS,
  effectors: [
    { name: 'execCommand', description: 'Run a shell command', parameters: z.object({ command: command }), destructive: false },
    {
      name: 'execCommandTimeout',
      description: 'Run a shell command within a time',
      parameters: z.object({ command: command, timeout: text }),
      destructive: false,
    },
  ],
});
