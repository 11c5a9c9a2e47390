import { classNames } from '../../domain/entity-types/class-names.ts';
import { runnableSoftware } from '../../domain/entity-types/runnable-software.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s EmptySoftwareProcess: somewhere to run, and nothing that runs. */
export const plugin: EntityTypePlugin = {
  ...runnableSoftware({
    id: 'empty-process',
    title: 'Machine',
    description: 'A machine or container with nothing on it, for commands and what is put on it.',
    icon: 'monitor',
    aliases: [
      ...classNames('brooklyn.entity.basic.EmptySoftwareProcess', 'org.apache.brooklyn.entity.software.base.EmptySoftwareProcess'),
      'server',
      'empty-software-process',
    ],
  }),
  software: {
    commands: () => ({ install: null, customize: null, launch: null, check: null, stop: null }),
  },
};
