import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, texts } from '../../domain/entity-types/config-values.ts';

/** Clocker’s DockerAffinityRuleStrategy. Rules: [NOT] TYPE t, NAME n, ID i, APPLICATION a, PREDICATE p, EMPTY. */
export const plugin: AdjunctType = {
  id: 'affinity',
  title: 'Affinity',
  description: 'Takes hosts where every rule about what else runs there holds.',
  kind: 'placement',
  aliases: [
    ...classNames(
      'brooklyn.location.docker.strategy.affinity.DockerAffinityRuleStrategy',
      'clocker.docker.location.strategy.affinity.DockerAffinityRuleStrategy',
    ),
    'AffinityRulePlacementStrategy',
  ],
  config: z.looseObject({
    'affinity.rules': optional(texts, 'Rules'),
  }),
  flags: {
    affinityRules: 'affinity.rules',
    rules: 'affinity.rules',
  },
  planned: true,
};
