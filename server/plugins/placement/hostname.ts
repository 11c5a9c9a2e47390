import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Clocker’s HostnamePlacementStrategy. */
export const plugin: AdjunctType = {
  id: 'hostname',
  title: 'Hostname',
  description: 'Takes hosts whose name fits a pattern.',
  kind: 'placement',
  aliases: classNames('clocker.docker.location.strategy.basic.HostnamePlacementStrategy'),
  config: z.looseObject({
    'docker.constraint.hostname': z
      .string()
      .min(1)
      .meta({ title: 'Pattern', description: 'A regular expression that the whole name must fit.' }),
  }),
  flags: {
    hostname: 'docker.constraint.hostname',
  },
  planned: true,
};
