import { z } from 'zod';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s QuarantineGroup. */
export const plugin: EntityTypePlugin = groupType({
  id: 'quarantine-group',
  title: 'Quarantine',
  description: 'Keeps members that failed, to look at them.',
  icon: 'group',
  planned: true,
  aliases: classNames('brooklyn.entity.group.QuarantineGroup', 'org.apache.brooklyn.entity.group.QuarantineGroup'),
  effectors: [
    { name: 'expungeMembers', description: 'Remove its members', parameters: z.object({ stopFirst: boolean }), destructive: true },
  ],
});
