import { z } from 'zod';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset, texts } from '../../domain/entity-types/config-values.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { madeOf, refusing, textsOf } from '../../domain/placement/strategy-kinds.ts';

const KEY = 'docker.constraint.labels';

const labelsOf = madeOf((config) =>
  textsOf(config[KEY]).map((wanted) => {
    const [name = '', ...rest] = wanted.split('=');
    return { wanted, name, value: rest.length === 0 ? undefined : rest.join('=') };
  }),
);

/** Clocker’s LabelPlacementStrategy, for any host: bare metal has labels too. */
export const plugin: PlacementPlugin = {
  id: 'labels',
  title: 'Labels',
  description: 'Takes hosts that have all of the given labels.',
  aliases: classNames('clocker.docker.location.strategy.basic.LabelPlacementStrategy'),
  config: z.looseObject({ [KEY]: preset(texts, [], 'Labels', 'Names, or name=value.') }),
  flags: { labels: KEY },
  strategy: refusing(({ labels }, _request, config) => {
    for (const { wanted, name, value } of labelsOf(config)) {
      const own = Object.hasOwn(labels, name) ? labels[name] : undefined;
      if (own === undefined) return `has no label ${name}`;
      if (value !== undefined && own !== value) return `has the label ${name}=${own}, not ${wanted}`;
    }
    return null;
  }),
};
