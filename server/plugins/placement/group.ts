import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

/** Clocker’s GroupPlacementStrategy. */
export const plugin: AdjunctType = {
  id: 'group',
  title: 'With its siblings',
  description: 'Puts entities of one parent on one host, and those of other parents on others.',
  kind: 'placement',
  aliases: classNames('clocker.docker.location.strategy.basic.GroupPlacementStrategy'),
  config: z.looseObject({
    'docker.constraint.exclusive': preset(boolean, false, 'Alone', 'On hosts where nothing else runs.'),
    'docker.strategy.timeout': preset(duration, '20m', 'Wait for others at most'),
  }),
  flags: {
    exclusive: 'docker.constraint.exclusive',
    timeout: 'docker.strategy.timeout',
  },
  planned: true,
};
