import type { EntitySpec } from '../entity/entity-spec.ts';
import type { ApplicationPlan, PlanResult } from './application-plan.ts';
import type { BlueprintFormat, BlueprintInput } from './blueprint-input.ts';
import { buildEntitySpec, buildService } from './build-entity-spec.ts';
import { buildObjectSpec } from './build-object-spec.ts';
import { checkAdjuncts } from './check-adjuncts.ts';
import { checkBuilds } from './check-builds.ts';
import { checkNetworkRules } from './check-network-rules.ts';
import { checkNetworks } from './check-networks.ts';
import { checkPlacement } from './check-placement.ts';
import { checkPlainConfig } from './check-plain-config.ts';
import { checkReferences } from './check-references.ts';
import { findFragment } from './find-fragment.ts';
import { createFindings, startOf } from './findings.ts';
import { foldNetworks } from './fold-networks.ts';
import { itemText } from './item-source.ts';
import { checkLocationLists } from './location/check-location-lists.ts';
import { checkLocationUses } from './location/check-location-uses.ts';
import { createPlanMemory, type PlanMemory } from './plan-memory.ts';
import { BLUEPRINT_SCOPE, createPlanState, type PlanState } from './plan-state.ts';
import type { PlannedWait } from './planned-wait.ts';
import { readAsCamp } from './read-as-camp.ts';
import { resolvePlan } from './resolve-service.ts';
import { secretUses } from './secret-use.ts';
import type { SourceMap, SourceNode } from './source-node.ts';
import type { TypeLibrary } from './type-library.ts';

/**
 * Understands a blueprint in any of the library's languages: the tree of entities to manage, or what is wrong with the text and where. Pure, never throws on
 * any text, and takes at most about two seconds on the worst text it accepts (2 MiB). One service is wrapped in an application too.
 * `memory`: of the plans before, where one plans text after text; it changes nothing but the time.
 */
export function planApplication(input: BlueprintInput, library: TypeLibrary, memory: PlanMemory = createPlanMemory()): PlanResult {
  const findings = createFindings(input, (file) => itemText(file, library.catalog));
  const camp = readAsCamp(input, library, findings);
  if (camp === null) return { ok: false, diagnostics: findings.list() };
  const state = createPlanState(
    { findings, library, memory, hostAccess: input.hostAccess === true },
    { entity: buildEntitySpec, object: buildObjectSpec },
  );
  const built = buildPlan(camp.source, camp.format, state);
  const secrets = secretUses(state.uses, findings);
  const builds = checkBuilds(state.builds, input, findings);
  const plan = built && {
    ...built,
    root: foldNetworks(built.root),
    waits: checkWhole(built.root, state),
    ...(secrets.length === 0 ? {} : { secrets }),
    ...(builds.length === 0 ? {} : { builds }),
  };
  const diagnostics = findings.list();
  if (plan !== null && findings.clean) return { ok: true, plan, diagnostics, deployable: findings.deployable };
  return { ok: false, diagnostics, ...(plan === null ? {} : { partial: plan }) };
}

/** What can be told only of all entities together, and who waits for what. */
export function checkWhole(root: EntitySpec, state: PlanState): readonly PlannedWait[] {
  const waits = checkReferences(root, state);
  checkLocationLists(root, state);
  checkLocationUses(root, state);
  checkNetworks(root, state);
  checkNetworkRules(root, state);
  checkPlacement(state);
  checkAdjuncts(root, state);
  checkPlainConfig(state);
  return waits;
}

function buildPlan(
  source: SourceNode,
  format: BlueprintFormat,
  state: PlanState,
): Omit<ApplicationPlan, 'waits' | 'secrets' | 'builds'> | null {
  const fragment = format === 'camp' ? findFragment(source, state) : null;
  if (fragment !== null) {
    state.findings.add('blueprint-fragment', { ...fragment, path: '' });
    return null;
  }
  if (source.kind !== 'map') {
    const message = 'A blueprint is a map with “services”.';
    state.findings.add('value-kind', { range: startOf(source.range), path: '', message });
    return null;
  }
  if (format === 'camp' && source.entries.has('brooklyn.catalog') && !source.entries.has('services')) {
    addCatalogAlone(source, state);
    return null;
  }
  const hasServices = checkServices(source, state);
  const root = buildService(
    resolvePlan(source, { path: '', scope: BLUEPRINT_SCOPE }, 'applications', state),
    { parent: null, path: '' },
    state,
  );
  if (!hasServices) return null;
  const only = root.children.length === 1 ? root.children[0] : undefined;
  return { name: root.name, format, location: root.location ?? only?.location ?? null, root };
}

function addCatalogAlone(source: SourceMap, state: PlanState): void {
  const range = source.entries.get('brooklyn.catalog')?.range ?? startOf(source.range);
  const message = 'This is a catalog: types for blueprints, and nothing to deploy by itself.';
  const hint = 'Add it with “clocker catalog add”, then deploy a blueprint that names one of its types.';
  state.findings.add('catalog-alone', { range, path: 'brooklyn.catalog', message, hint });
}

function checkServices(source: SourceMap, state: PlanState): boolean {
  const entry = source.entries.get('services');
  if (entry?.value.kind === 'list' && entry.value.items.length > 0) return true;
  const range = entry?.range ?? startOf(source.range);
  const place = { range, path: 'services' };
  if (entry === undefined && source.entries.has('apiVersion') && source.entries.has('kind')) {
    const message = 'This is an object of Kubernetes, which is not read here: a blueprint has “services”.';
    state.findings.add('services-missing', { ...place, message, hint: 'Write its containers as services: “- type: docker:IMAGE”.' });
  } else {
    const message = entry === undefined ? 'The blueprint has no “services”.' : '“services” must be a list of at least one service.';
    state.findings.add('services-missing', { ...place, message, hint: 'services:\n- type: docker:redis' });
  }
  return false;
}
