import type { EntitySpec } from '../entity/entity-spec.ts';
import { networkRules, RULES_KEY } from '../network/network-rules.ts';
import { joinPath, quoteText } from './findings.ts';
import { didYouMean } from './nearest-name.ts';
import type { PlanState } from './plan-state.ts';
import { nodeAt } from './source-node.ts';
import { nodesOf, toSpecTree } from './spec-tree.ts';

/** Rules of networks that name what is no entity of the blueprint. What is no rule at all, the type of the entity has said. */
export function checkNetworkRules(root: EntitySpec, state: PlanState): void {
  const specs = [...nodesOf(toSpecTree(root))].map(({ spec }) => spec);
  const known = new Set(specs.flatMap(({ planId }) => planId ?? []));
  for (const spec of specs) {
    const given = networkRules.safeParse(spec.config[RULES_KEY]);
    const place = state.levels.get(spec.path)?.places.get(RULES_KEY);
    if (!given.success || place === undefined) continue;
    given.data.forEach((rule, index) => {
      for (const end of ['from', 'to'] as const) {
        if (known.has(rule[end])) continue;
        const at = [index, end];
        state.findings.add('config-invalid', {
          range: place.node === null ? place.keyRange : nodeAt(place.node, at).range,
          path: at.reduce<string>((path, key) => joinPath(path, key), place.path),
          message: `${quoteText(rule[end])} is the id of no entity here.`,
          hint: didYouMean(rule[end], known) ?? 'Give an entity an id, and name it by that.',
        });
      }
    });
  }
}
