import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s CollectionFunctionals. */
export const plugin: AdjunctType = {
  id: 'collection-functions',
  title: 'Functions of collections',
  description: 'The first element, the size, the largest …',
  kind: 'object',
  aliases: classNames(
    'brooklyn.util.collections.CollectionFunctionals',
    'org.apache.brooklyn.util.collections.CollectionFunctionals',
    'org.apache.brooklyn.util.collections.CollectionFunctionals$FirstElementFunction',
    'org.apache.brooklyn.util.collections.CollectionFunctionals$LimitFunction',
  ),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
