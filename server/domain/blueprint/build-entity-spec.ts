import { BUILD } from '../build/build-ask.ts';
import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';
import { buildMembers } from './build-members.ts';
import { checkHostAccess } from './check-host-access.ts';
import { checkSupport } from './check-support.ts';
import { type ConfigPlace, chainAt, declaredSet, withInherited } from './config-level.ts';
import { declarationsOf } from './declarations.ts';
import { entityPath, slug } from './entity-path.ts';
import { joinPath, quoteText } from './findings.ts';
import { type ConfigLayer, checkPlanKeys, gatherConfig } from './gather-config.ts';
import { readLocations } from './location/read-locations.ts';
import { checkParameters } from './parameters/check-parameters.ts';
import { type MergedParameter, mergeParameters } from './parameters/merge-parameters.ts';
import { readParameters } from './parameters/read-parameters.ts';
import { BLUEPRINT_SCOPE, type BuildPlace, type PlanState, type Scope } from './plan-state.ts';
import { joinAdjuncts, readAdjuncts } from './read-adjuncts.ts';
import { readBuild } from './read-build.ts';
import { readDependsOn } from './read-depends-on.ts';
import { listOf, readId, readName } from './read-service-text.ts';
import { readTags } from './read-tags.ts';
import { holdsServices, type ResolvedService, resolveService, type ServiceLayer } from './resolve-service.ts';
import { PLAN_KEYS } from './service-keys.ts';
import { type SourceNode, textOf } from './source-node.ts';
import type { BlueprintType } from './type-registry.ts';
import { validateConfig } from './validate-config.ts';

/** Entities that a blueprint may make, with those that catalog items bring. */
export const MOST_ENTITIES = 50_000;

/** One service of the text, with its children and member. Null when it cannot even be told what it is. */
export function buildEntitySpec(node: SourceNode, place: BuildPlace, state: PlanState): EntitySpec | null {
  if (node.kind !== 'map') {
    const message = `A service needs a map with “type”, not ${node.kind === 'list' ? 'a list' : quoteText(textOf(node) ?? 'nothing')}.`;
    state.findings.add('value-kind', { range: node.range, path: place.path, message, hint: 'For example “- type: docker:redis”.' });
    return null;
  }
  if (state.paths.size >= MOST_ENTITIES) {
    const message = `The blueprint makes more than ${MOST_ENTITIES.toLocaleString('en')} entities.`;
    state.findings.add('too-large', { range: { start: 0, end: 0 }, path: '', message });
    return null;
  }
  const service = resolveService(node, { path: place.path, scope: place.scope ?? BLUEPRINT_SCOPE }, state);
  return service === null ? null : buildService(service, place, state);
}

/** A service whose type is looked up. `place.parent` of null makes it the root. */
export function buildService(service: ResolvedService, place: BuildPlace, state: PlanState): EntitySpec {
  const { named } = service;
  const scope = place.scope ?? BLUEPRINT_SCOPE;
  const isRoot = place.parent === null;
  const own = service.layers.filter(({ item }) => item === scope.item);
  const planId = firstOf(own, (layer) => readId(layer.map, layer.path, idScope(layer, isRoot, scope), state));
  const givenName = firstOf(service.layers.toReversed(), (layer) =>
    readName(layer.map, layer.path, layer.item === scope.item ? idScope(layer, isRoot, scope) : null, state),
  );
  const name = givenName ?? planId ?? service.items[0]?.name ?? named.defaultName;
  const path = entityPath(place, planId ?? (slug(name) || named.id), state);
  const layers = service.layers.map((layer) => ({ ...layer, scope: scopeOf(layer, scope, path) }));
  const parameters = mergeParameters(
    layers.map((layer) => readParameters(layer.map, { owner: path, path: layer.path, scope: layer.scope }, state)),
  );
  const specs = parameters.map(({ spec }) => spec);
  const declared = declarationsOf(named.type, specs, state);
  const gathered = gatherConfig(layers, { owner: path, named }, declared, state);
  const ownSpec = { type: named.id, config: gathered.config, ...(specs.length === 0 ? {} : { parameters: specs }) };
  state.levels.set(path, { spec: ownSpec, places: withDefaults(gathered.places, parameters), parent: place.parent });
  const chain = chainAt(path, state);
  const at = { range: named.entry.value.range, path: joinPath(place.path, named.entry.key) };
  const inherited = named.type === undefined ? null : withInherited(chain, state);
  if (named.type !== undefined && inherited !== null) {
    validateConfig(inherited, named.type, at, state);
    if (declaredSet(named.type, state).has(BUILD)) readBuild(inherited, at, state);
    checkSupport({ ...named.type, planned: isPlanned(named.type, place) }, at, gathered.places, state);
  }
  checkParameters(parameters, { chain, at }, state);
  for (const layer of layers) if (layer.role === 'plan') checkPlanKeys(layer.map, PLAN_KEYS, state);
  const tags = layers.toReversed().flatMap((layer) => readTags(layer.map, layer.path, state));
  const dependsOn = layers.flatMap((layer) => readDependsOn(layer.map, { owner: path, path: layer.path }, state));
  const located = layers.findLast(({ map }) => map.entries.has('location') || map.entries.has('locations'));
  const children = childrenOf(service, layers, { path, scope }, state);
  const [item] = service.items;
  const spec: EntitySpec = {
    type: named.id,
    name: isRoot && givenName === null && planId === null && item === undefined ? (onlyName(children) ?? name) : name,
    planId,
    path,
    ...(located === undefined ? { location: null } : readLocations(located.map, { owner: path, path: located.path }, state)),
    config: gathered.config,
    children,
    ...buildMembers(gathered, { named, path, at, place }, state),
    ...joinAdjuncts(
      attachedLayers(layers).map((layer) => readAdjuncts(layer.map, { owner: path, path: layer.path, scope: layer.scope }, state)),
    ),
    ...(specs.length === 0 ? {} : { parameters: specs }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    ...(inherited !== null && checkHostAccess({ type: named.type, ...inherited }, state) ? { hostAccess: true as const } : {}),
    ...(item === undefined ? {} : { catalogItem: `${item.symbolicName}:${item.version}` }),
    ...scopeRootOf(service, scope, path),
  };
  return measured(named.type?.compose?.(spec) ?? spec, named.type?.measures?.((inherited ?? gathered).config) ?? []);
}

/** Those of the blueprint come later: what they publish by the same name is what counts. */
function measured(spec: EntitySpec, own: readonly AdjunctSpec[]): EntitySpec {
  return own.length === 0 ? spec : { ...spec, initializers: [...own, ...(spec.initializers ?? [])] };
}

/** Keys whose specs are not honoured, which is said of the key: what type they are of is nothing that is asked for. */
const NOT_HONOURED_SPECS: readonly string[] = ['docker.container.spec'];

/** Nothing makes a host of no Docker cloud either. */
function isPlanned({ kind, planned = false }: BlueprintType, { segment = '' }: BuildPlace): boolean {
  return (planned && !NOT_HONOURED_SPECS.includes(segment)) || (kind === 'host' && segment !== 'member');
}

type Scoped = ServiceLayer & ConfigLayer;

/** Defaults of parameters stand somewhere too. */
function withDefaults(places: ReadonlyMap<string, ConfigPlace>, parameters: readonly MergedParameter[]): ReadonlyMap<string, ConfigPlace> {
  const defaults = parameters.flatMap(({ spec, declared }): readonly (readonly [string, ConfigPlace])[] => {
    const giver = declared.find(({ defaultNode }) => defaultNode !== null);
    if (giver === undefined || places.has(spec.name)) return [];
    return [[spec.name, { keyRange: giver.range, node: giver.defaultNode, path: joinPath(giver.path, 'default') }]];
  });
  return defaults.length === 0 ? places : new Map([...places, ...defaults]);
}

function firstOf<Value>(layers: readonly ServiceLayer[], read: (layer: ServiceLayer) => Value | null): Value | null {
  for (const layer of layers) {
    const value = read(layer);
    if (value !== null) return value;
  }
  return null;
}

/** Ids are unique in a text; the plan around a service may have the same. */
function idScope(layer: ServiceLayer, isRoot: boolean, scope: Scope): string | null {
  return layer.role === 'plan' || isRoot ? null : (scope.root ?? '');
}

/** What stands in an item looks for its `scopeRoot` where the item’s root is. */
function scopeOf(layer: ServiceLayer, scope: Scope, path: string): Scope {
  if (layer.item === scope.item) return scope;
  const key = layer.item === null ? [] : [`${layer.item.symbolicName}:${layer.item.version}`];
  return { item: layer.item, root: path, open: [...scope.open, ...key] };
}

function scopeRootOf(service: ResolvedService, scope: Scope, path: string): { readonly scopeRoot?: string } {
  if (service.items.length > 0) return { scopeRoot: path };
  return scope.root === null ? {} : { scopeRoot: scope.root };
}

/** A plan around a service attaches only what the service attaches too. */
function attachedLayers(layers: readonly Scoped[]): readonly Scoped[] {
  return layers.filter(({ role }, index) => role === 'service' || index === 0);
}

function childrenOf(
  service: ResolvedService,
  layers: readonly Scoped[],
  at: { readonly path: string; readonly scope: Scope },
  state: PlanState,
): readonly EntitySpec[] {
  return layers.flatMap((layer, index) => {
    const key = index === 0 && holdsServices(service) ? 'services' : layer.role === 'service' ? 'brooklyn.children' : null;
    if (key === null) return [];
    const below = joinPath(layer.path, key);
    return listOf(layer.map.entries.get(key), below, state.findings).flatMap((child, position) => {
      const built = buildEntitySpec(child, { parent: at.path, path: joinPath(below, position), scope: layer.scope }, state);
      return built === null ? [] : [built];
    });
  });
}

function onlyName(children: readonly EntitySpec[]): string | undefined {
  return children.length === 1 ? children[0]?.name : undefined;
}
