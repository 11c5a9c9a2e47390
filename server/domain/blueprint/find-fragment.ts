import { DSL_PREFIX } from './dsl-functions.ts';
import { quoteText, startOf, type TextRange } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import { PLAN_KEYS, SERVICE_KEYS, TYPE_KEYS } from './service-keys.ts';
import { type SourceMap, type SourceNode, textOf } from './source-node.ts';
import { type BlueprintType, canonicalKey } from './type-registry.ts';

/** A part of a blueprint by itself, as documentation shows them: what it is, and where it belongs. */
export interface Fragment {
  readonly range: TextRange;
  readonly message: string;
  readonly hint: string;
}

/** What the text is when it is a part of a blueprint; null for a whole one, however wrong, and for what cannot be told. */
export function findFragment(source: SourceNode, state: PlanState): Fragment | null {
  if (source.kind === 'list') return fragmentOfList(source, state);
  if (source.kind !== 'map' || source.entries.has('services') || source.entries.has('brooklyn.catalog')) return null;
  const [first] = source.entries.values();
  if (first === undefined) return null;
  if (TYPE_KEYS.some((key) => source.entries.has(key))) {
    return {
      range: first.range,
      message: 'This is one service, not a whole blueprint.',
      hint: 'services:\n- type: …',
    };
  }
  const partOfService = [...source.entries.values()].find(({ key }) => key.startsWith('brooklyn.') && SERVICE_KEYS.includes(key));
  if (partOfService !== undefined) {
    const message = `This is a part of a service, not a whole blueprint: ${quoteText(partOfService.key)} belongs to a service.`;
    return { range: partOfService.range, message, hint: `services:\n- type: …\n  ${partOfService.key}: …` };
  }
  return fragmentOfConfig(source, state);
}

function fragmentOfList(source: SourceNode & { readonly kind: 'list' }, state: PlanState): Fragment | null {
  const [first] = source.items;
  if (first?.kind !== 'map') return null;
  const range = startOf(first.range);
  if (first.entries.has(`${DSL_PREFIX}object`)) {
    const hint = 'services:\n- type: docker-infrastructure\n  brooklyn.config:\n    docker.container.strategies: …';
    return { range, message: 'This is a list of objects, such as placement strategies, not a whole blueprint.', hint };
  }
  const name = TYPE_KEYS.map((key) => textOf(first.entries.get(key)?.value)).find((text) => text !== null);
  if (name === undefined || name === null) return null;
  const adjunct = state.adjunctsByName.get(name);
  const key = adjunct === undefined ? undefined : LISTS[adjunct.kind];
  if (key === undefined) {
    return { range, message: 'This is a list of services, not a whole blueprint.', hint: `services:\n- type: ${name}` };
  }
  const message = `This is a list for ${quoteText(key)} of a service, not a whole blueprint.`;
  return { range, message, hint: `services:\n- type: …\n  ${key}:\n  - type: ${name}` };
}

const LISTS: Readonly<Record<string, string>> = {
  policy: 'brooklyn.policies',
  enricher: 'brooklyn.enrichers',
  initializer: 'brooklyn.initializers',
};

/** Placement, networks and limits are mostly said of the whole cloud, though what runs in it takes them too. */
const CLOUD = 'docker-infrastructure';

/** Config by itself: of the type that declares most of its keys, and at least half. */
function fragmentOfConfig(source: SourceMap, state: PlanState): Fragment | null {
  const entries = [...source.entries.values()].filter(({ key }) => !PLAN_KEYS.includes(key));
  const [first] = entries;
  if (first === undefined) return null;
  const declared = (type: BlueprintType) => entries.filter(({ key }) => canonicalKey(type, key) !== undefined).length;
  const cloud = state.types.get(CLOUD);
  const simplestFirst = [...state.types.values()].sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
  const types = cloud === undefined ? simplestFirst : [cloud, ...simplestFirst];
  let best: { readonly type: BlueprintType; readonly count: number } | null = null;
  for (const type of types) {
    const count = declared(type);
    if (count * 2 >= entries.length && count > (best?.count ?? 0)) best = { type, count };
  }
  if (best === null) return null;
  const message = `This is a part of the config of “${best.type.title}”, not a whole blueprint.`;
  return { range: first.range, message, hint: `services:\n- type: ${best.type.id}\n  brooklyn.config:\n    ${first.key}: …` };
}
