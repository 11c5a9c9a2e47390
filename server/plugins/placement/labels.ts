import { z } from 'zod';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset, texts } from '../../domain/entity-types/config-values.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { refusing, textsOf } from '../../domain/placement/strategy-kinds.ts';

const KEY = 'docker.constraint.labels';

/** Clocker’s LabelPlacementStrategy, for any host: bare metal has labels too. */
export const plugin: PlacementPlugin = {
  id: 'labels',
  title: 'Labels',
  description: 'Takes hosts that have all of the given labels.',
  aliases: classNames('clocker.docker.location.strategy.basic.LabelPlacementStrategy'),
  config: z.looseObject({ [KEY]: preset(texts, [], 'Labels', 'Names, or name=value.') }),
  flags: { labels: KEY },
  strategy: refusing(({ labels }, _request, config) => {
    for (const wanted of textsOf(config[KEY])) {
      const [name = '', ...rest] = wanted.split('=');
      const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
      if (value === undefined) return `has no label ${name}`;
      if (rest.length > 0 && value !== rest.join('=')) return `has the label ${name}=${value}, not ${wanted}`;
    }
    return null;
  }),
};
