import { z } from 'zod';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { texts } from '../../domain/entity-types/config-values.ts';
import { type AffinityRule, readRule, ruleRefusal } from '../../domain/placement/affinity-rules.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { madeOf, refusing, textsOf } from '../../domain/placement/strategy-kinds.ts';

const KEY = 'affinity.rules';

const rulesOf = madeOf((config) =>
  textsOf(config[KEY]).flatMap((text): AffinityRule[] => {
    const read = readRule(text);
    return read.ok ? [read.rule] : [];
  }),
);

/** Clocker’s DockerAffinityRuleStrategy. Rules: [NOT] TYPE t, NAME n, ID i, APPLICATION a, EMPTY. */
export const plugin: PlacementPlugin = {
  id: 'affinity',
  title: 'Affinity',
  description: 'Takes hosts where every rule about what else runs there holds.',
  aliases: [
    ...classNames(
      'brooklyn.location.docker.strategy.affinity.DockerAffinityRuleStrategy',
      'clocker.docker.location.strategy.affinity.DockerAffinityRuleStrategy',
    ),
    'AffinityRulePlacementStrategy',
  ],
  config: z.looseObject({
    [KEY]: texts
      .superRefine((value, context) => {
        for (const text of textsOf(value)) {
          const read = readRule(text);
          if (!read.ok) context.addIssue({ code: 'custom', message: read.problem });
        }
      })
      .optional()
      .meta({ title: 'Rules', description: 'Such as NOT TYPE mariadb, or APPLICATION for hosts of its own application.' }),
  }),
  flags: { affinityRules: KEY, rules: KEY },
  strategy: refusing((host, request, config) => ruleRefusal(rulesOf(config), host.residents, request)),
};
