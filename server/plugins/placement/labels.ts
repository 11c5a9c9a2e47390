import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset, texts } from '../../domain/entity-types/config-values.ts';

/** Clocker’s LabelPlacementStrategy; here any host has labels. */
export const plugin: AdjunctType = {
  id: 'labels',
  title: 'Labels',
  description: 'Takes hosts that have all of the given labels.',
  kind: 'placement',
  aliases: classNames('clocker.docker.location.strategy.basic.LabelPlacementStrategy'),
  config: z.looseObject({
    'docker.constraint.labels': preset(texts, [], 'Labels', 'Names, or name=value.'),
  }),
  flags: {
    labels: 'docker.constraint.labels',
  },
  planned: true,
};
