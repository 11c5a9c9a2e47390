import { classNames } from '../../domain/entity-types/class-names.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s EmptySoftwareProcess: somewhere to run, and nothing that runs. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'empty-process',
  title: 'Machine',
  description: 'A machine or container with nothing on it, for commands and what is put on it.',
  icon: 'monitor',
  planned: true,
  aliases: [
    ...classNames('brooklyn.entity.basic.EmptySoftwareProcess', 'org.apache.brooklyn.entity.software.base.EmptySoftwareProcess'),
    'server',
    'empty-software-process',
  ],
});
