import type { EntitySpec } from '../entity/entity-spec.ts';
import type { ApplicationPlan, PlanResult } from './application-plan.ts';
import type { BlueprintFormat, BlueprintInput } from './blueprint-input.ts';
import { buildEntitySpec } from './build-entity-spec.ts';
import { buildObjectSpec } from './build-object-spec.ts';
import { checkReferences } from './check-references.ts';
import { createFindings, joinPath, startOf } from './findings.ts';
import { addInert, addUnknown, gatherConfig } from './gather-config.ts';
import { checkLocationLists } from './location/check-location-lists.ts';
import { readLocations } from './location/read-locations.ts';
import { createPlanState, type PlanState } from './plan-state.ts';
import { readAdjuncts } from './read-adjuncts.ts';
import { readAsCamp } from './read-as-camp.ts';
import { readId, readName } from './read-service-text.ts';
import { readTags } from './read-tags.ts';
import { INERT_KEYS, PLAN_KEYS, SILENT_KEYS } from './service-keys.ts';
import type { SourceMap, SourceNode } from './source-node.ts';
import type { TypeLibrary } from './type-library.ts';
import { validateConfig } from './validate-config.ts';

const ROOT_TYPE = 'application';

/**
 * Understands a blueprint in any of the library's languages: the tree of entities to manage, or what is wrong with the text and where. Pure, never throws on
 * any text, and takes at most about two seconds on the worst text it accepts (2 MiB). One service is wrapped in an application too.
 */
export function planApplication(input: BlueprintInput, library: TypeLibrary): PlanResult {
  const findings = createFindings(input);
  const camp = readAsCamp(input, library, findings);
  if (camp === null) return { ok: false, diagnostics: findings.list() };
  const state = createPlanState(findings, library, { entity: buildEntitySpec, object: buildObjectSpec });
  const built = buildPlan(camp.source, camp.format, state);
  const plan = built && { ...built, waits: checkReferences(built.root, state) };
  if (plan !== null) checkLocationLists(plan.root, state);
  const diagnostics = findings.list();
  if (plan !== null && findings.clean) return { ok: true, plan, diagnostics, deployable: findings.deployable };
  return { ok: false, diagnostics, ...(plan === null ? {} : { partial: plan }) };
}

function buildPlan(source: SourceNode, format: BlueprintFormat, state: PlanState): Omit<ApplicationPlan, 'waits'> | null {
  if (source.kind !== 'map') {
    const message = 'A blueprint is a map with “services”.';
    state.findings.add('value-kind', { range: startOf(source.range), path: '', message });
    return null;
  }
  checkPlanKeys(source, state);
  const planId = readId(source, '', state, false);
  const name = readName(source, '', state);
  const type = state.types.get(ROOT_TYPE);
  const gathered = gatherConfig(onlyConfig(source), { owner: '.', path: '' }, type, state);
  if (type !== undefined) validateConfig(gathered, type, { map: source, path: '' }, state);
  const { config } = gathered;
  const given = readLocations(source, { owner: '.', path: '' }, state);
  const children = buildServices(source, state);
  if (children === null) return null;
  const tags = readTags(source, '', state);
  const only = children.length === 1 ? children[0] : undefined;
  const root: EntitySpec = {
    type: ROOT_TYPE,
    name: name ?? planId ?? only?.name ?? 'Application',
    planId,
    path: '.',
    ...given,
    config,
    children,
    memberSpec: null,
    ...readAdjuncts(source, { owner: '.', path: '' }, state),
    ...(tags.length === 0 ? {} : { tags }),
  };
  return { name: root.name, format, location: given.location ?? only?.location ?? null, root };
}

function checkPlanKeys(source: SourceMap, state: PlanState): void {
  for (const entry of source.entries.values()) {
    if (PLAN_KEYS.includes(entry.key) || SILENT_KEYS.has(entry.key) || entry.key.startsWith('x-')) continue;
    if (INERT_KEYS.has(entry.key)) addInert(entry, entry.key, state);
    else addUnknown(entry, entry.key, PLAN_KEYS, state);
  }
}

/** The application's own config, without what the keys of the plan mean. */
function onlyConfig(source: SourceMap): SourceMap {
  const entries = [...source.entries].filter(([key]) => key === 'brooklyn.config' || key === 'brooklyn.parameters');
  return { ...source, entries: new Map(entries) };
}

function buildServices(source: SourceMap, state: PlanState): readonly EntitySpec[] | null {
  const entry = source.entries.get('services');
  if (entry?.value.kind !== 'list' || entry.value.items.length === 0) {
    const range = entry?.range ?? startOf(source.range);
    const message = entry === undefined ? 'The blueprint has no “services”.' : '“services” must be a list of at least one service.';
    state.findings.add('services-missing', { range, path: 'services', message, hint: 'services:\n- type: docker:redis' });
    return null;
  }
  return entry.value.items.flatMap((item, index) => {
    const built = buildEntitySpec(item, { parent: '.', path: joinPath('services', index) }, state);
    return built === null ? [] : [built];
  });
}
