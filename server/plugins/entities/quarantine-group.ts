import { z } from 'zod';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s `stopFirst` is let pass: what is kept has been stopped already. */
const EXPUNGE = z.object({});

/** Brooklyn’s QuarantineGroup. */
export const plugin: EntityTypePlugin = {
  ...groupType({
    id: 'quarantine-group',
    title: 'Quarantine',
    description: 'Keeps members of a cluster that did not come up, to be looked at.',
    icon: 'group',
    planned: false,
    aliases: classNames('brooklyn.entity.group.QuarantineGroup', 'org.apache.brooklyn.entity.group.QuarantineGroup'),
  }),
  // It runs nothing, and keeps what is stopped.
  effectors: [{ name: 'expungeMembers', description: 'Remove all that it keeps', parameters: EXPUNGE, destructive: true }],
};
