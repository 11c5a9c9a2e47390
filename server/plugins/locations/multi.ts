import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** `multi:(targets=…)`. */
export const plugin: AdjunctType = {
  id: 'multi',
  title: 'Several locations',
  description: 'Takes from the first of several locations that has room.',
  kind: 'location',
  aliases: classNames('brooklyn.location.basic.MultiLocation', 'org.apache.brooklyn.location.multi.MultiLocation'),
  config: z.looseObject({
    targets: optional(z.unknown(), 'Locations'),
    displayName: optional(text, 'Name'),
  }),
  flags: {},
  planned: false,
};
