import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, texts } from '../../domain/entity-types/config-values.ts';

/** Clocker’s AffinityRules. */
export const plugin: AdjunctType = {
  id: 'affinity-rules',
  title: 'Affinity rules',
  description: 'What may and may not be on the same host.',
  kind: 'object',
  aliases: classNames(
    'brooklyn.location.docker.strategy.affinity.AffinityRules',
    'clocker.docker.location.strategy.affinity.AffinityRules',
  ),
  config: z.looseObject({
    'affinity.rules': optional(texts, 'Rules'),
  }),
  flags: {},
  planned: true,
};
