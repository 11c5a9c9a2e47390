import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s StringFunctions. */
export const plugin: AdjunctType = {
  id: 'text-functions',
  title: 'Functions of texts',
  description: 'append, trim, regular expressions …',
  kind: 'object',
  aliases: classNames('brooklyn.util.text.StringFunctions', 'org.apache.brooklyn.util.text.StringFunctions'),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
