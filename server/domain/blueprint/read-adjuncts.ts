import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';
import type { AdjunctKind } from './adjunct-type.ts';
import { type AdjunctForm, type BuiltAdjunct, buildAdjunct } from './build-adjunct.ts';
import { joinPath } from './findings.ts';
import type { PlanState, Scope } from './plan-state.ts';
import { listOf } from './read-service-text.ts';
import type { SourceMap } from './source-node.ts';

/** Policies, enrichers and initializers of an entity; what there is none of is absent. */
export type Adjuncts = Pick<EntitySpec, 'policies' | 'enrichers' | 'initializers'>;

type AttachedKind = 'policy' | 'enricher' | 'initializer';

const CONFIG_KEYS = ['brooklyn.config', 'brooklyn.flags'];

export const ADJUNCT_FORMS: Readonly<Record<AttachedKind, AdjunctForm>> = {
  policy: {
    noun: 'a policy',
    example: '- type: AutoScalerPolicy',
    typeKeys: ['type', 'policyType', 'policy_type'],
    configKeys: CONFIG_KEYS,
  },
  enricher: {
    noun: 'an enricher',
    example: '- type: Propagator',
    typeKeys: ['type', 'enricherType', 'enricher_type'],
    configKeys: CONFIG_KEYS,
  },
  initializer: {
    noun: 'an initializer',
    example: '- type: SshCommandEffector',
    typeKeys: ['type', 'initializerType', 'initializer_type'],
    configKeys: CONFIG_KEYS,
  },
};

const KINDS: readonly AttachedKind[] = ['policy', 'enricher', 'initializer'];
const LISTS = { policy: 'brooklyn.policies', enricher: 'brooklyn.enrichers', initializer: 'brooklyn.initializers' } as const;

/** What `brooklyn.policies`, `.enrichers` and `.initializers` attach to the entity at `owner`. */
export function readAdjuncts(
  map: SourceMap,
  at: { readonly owner: string; readonly path: string; readonly scope: Scope },
  state: PlanState,
): Adjuncts {
  const found: Record<AttachedKind, AdjunctSpec[]> = { policy: [], enricher: [], initializer: [] };
  for (const kind of KINDS) {
    const key = LISTS[kind];
    const form = ADJUNCT_FORMS[kind];
    const below = joinPath(at.path, key);
    listOf(map.entries.get(key), below, state.findings).forEach((node, index) => {
      const path = joinPath(below, index);
      const built = buildAdjunct(node, form, { owner: at.owner, scope: at.scope, key: `${key}[${index}]`, path, adjunct: true }, state);
      const belongs = built && whereItBelongs(built, kind, path, state);
      if (built === null || belongs === null) return;
      found[belongs].push(built.spec);
      state.attached.set(built.spec, { range: built.entry.value.range, path: joinPath(path, built.entry.key) });
    });
  }
  return {
    ...(found.policy.length === 0 ? {} : { policies: found.policy }),
    ...(found.enricher.length === 0 ? {} : { enrichers: found.enricher }),
    ...(found.initializer.length === 0 ? {} : { initializers: found.initializer }),
  };
}

/** What several texts attach, the most basic first. */
export function joinAdjuncts(all: readonly Adjuncts[]): Adjuncts {
  const joined = (key: keyof Adjuncts) => {
    const specs = all.flatMap((adjuncts) => adjuncts[key] ?? []);
    return specs.length === 0 ? {} : { [key]: specs };
  };
  return { ...joined('policies'), ...joined('enrichers'), ...joined('initializers') };
}

/** Policies and enrichers changed sides between Brooklyn's versions: those in the other's list are taken for what they are. */
function whereItBelongs({ type, entry }: BuiltAdjunct, listed: AttachedKind, path: string, state: PlanState): AttachedKind | null {
  if (type === undefined || type.kind === listed) return listed;
  const place = { range: entry.value.range, path: joinPath(path, entry.key) };
  const is = `${type.title} is ${NOUNS[type.kind]}`;
  if (isSwappable(type.kind) && isSwappable(listed)) {
    const message = `${is}, and is taken as one.`;
    state.findings.add('adjunct-moved', { ...place, message, hint: `It belongs below “${LISTS[type.kind]}”.` });
    return type.kind;
  }
  state.findings.add('adjunct-kind', { ...place, message: `${is}, not ${NOUNS[listed]}.`, hint: WHERE[type.kind] });
  return null;
}

function isSwappable(kind: AdjunctKind): kind is 'policy' | 'enricher' {
  return kind === 'policy' || kind === 'enricher';
}

const NOUNS: Readonly<Record<AdjunctKind, string>> = {
  policy: 'a policy',
  enricher: 'an enricher',
  initializer: 'an initializer',
  location: 'a location',
  placement: 'a placement strategy',
  object: 'an object',
};

const WHERE: Readonly<Record<AdjunctKind, string>> = {
  policy: 'It belongs below “brooklyn.policies”.',
  enricher: 'It belongs below “brooklyn.enrichers”.',
  initializer: 'It belongs below “brooklyn.initializers”.',
  location: 'It belongs below “location”.',
  placement: 'It belongs below “docker.container.strategies”.',
  object: 'It belongs into config, below “$brooklyn:object”.',
};
