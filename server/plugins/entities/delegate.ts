import { entityReference } from '../../domain/entity/entity-reference.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s DelegateEntity. */
export const plugin: EntityTypePlugin = groupType({
  id: 'delegate',
  title: 'Delegate',
  description: 'Stands for another entity.',
  icon: 'link',
  planned: true,
  aliases: classNames('brooklyn.entity.basic.DelegateEntity', 'org.apache.brooklyn.entity.stock.DelegateEntity'),
  config: {
    'delegate.entity': optional(entityReference, 'Entity'),
  },
  sensors: [{ name: 'webapp.url', type: 'string', description: 'Where its pages are' }],
});
