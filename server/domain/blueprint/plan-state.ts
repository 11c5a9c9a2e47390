import type { BuildAsk } from '../build/build-ask.ts';
import type { CatalogItem } from '../catalog/catalog.ts';
import type { AdjunctSpec, EntitySpec, LocationSpec } from '../entity/entity-spec.ts';
import type { AdjunctType } from './adjunct-type.ts';
import type { ConfigLevel } from './config-level.ts';
import type { DslTree } from './dsl-tree.ts';
import type { Findings, TextRange } from './findings.ts';
import type { PlanMemory } from './plan-memory.ts';
import type { SourceNode } from './source-node.ts';
import type { TypeLibrary } from './type-library.ts';
import type { BlueprintType, TypeRegistry } from './type-registry.ts';

/** What building a plan gathers on its way through the text. */
export interface PlanState {
  readonly findings: Findings;
  readonly types: TypeRegistry;
  readonly library: TypeLibrary;
  readonly memory: PlanMemory;
  /** Values of config can hold whole entities and objects, so those who read values are given those who build. */
  readonly builders: SpecBuilders;
  /** Types by every name that a blueprint may call them. */
  readonly typesByName: ReadonlyMap<string, BlueprintType>;
  /** Likewise the types of policies, enrichers, initializers, placement strategies, locations and objects. */
  readonly adjunctsByName: ReadonlyMap<string, AdjunctType>;
  /** Entity paths given so far, and how often each was wanted. */
  readonly paths: Map<string, number>;
  /** Blueprint ids and where they were given first. */
  readonly ids: Map<string, TextRange>;
  /** The first id or name as it is written, by what those have in common that read alike. */
  readonly alike: Map<string, string>;
  readonly uses: DeferredUse[];
  readonly dependencies: DependencyUse[];
  /** What images are built of besides config, and where it is named. */
  readonly builds: BuildUse[];
  /** Lists of more than one location, and where they stand. */
  readonly locationLists: LocationList[];
  /** Locations that are no cloud's name, and where they stand. */
  readonly locationUses: LocationUse[];
  /** Config of the entities so far, by their path. */
  readonly levels: Map<string, ConfigLevel>;
  /** Policies, enrichers and initializers, and where their types stand. */
  readonly attached: Map<AdjunctSpec, AttachedPlace>;
  /** Keys that types declare, by canonical id. */
  readonly declared: Map<string, ReadonlySet<string>>;
  /** Catalog items that were read, by the name of their file; null for those that cannot be. */
  readonly itemSources: Map<string, PlacedItem | null>;
  /** Options that reach the host are allowed: see `BlueprintInput.hostAccess`. */
  readonly hostAccess: boolean;
  /** Set where a type is planned by itself: who uses it may give config that is missing. */
  readonly completedLater?: CompletedLater;
}

export interface CompletedLater {
  /** It may also refer to entities of the blueprint that uses it. */
  readonly entities: boolean;
}

/** The values of a catalog item, and their path in the text that they stand in. */
export interface PlacedItem {
  readonly node: SourceNode;
  readonly path: string;
}

/** Null, with a finding, where it cannot even be told what is meant. */
export interface SpecBuilders {
  entity(node: SourceNode, place: BuildPlace): EntitySpec | null;
  /** `$brooklyn:object`. */
  object(node: SourceNode, place: ValuePlace): AdjunctSpec | null;
}

/** The text that a service stands in. */
export interface Scope {
  /** Null in the blueprint itself. */
  readonly item: CatalogItem | null;
  /** Path of the entity that is the item's root; null in the blueprint itself, and before the entity has a path. */
  readonly root: string | null;
  /** `name:version` of the items around it, the outermost first. */
  readonly open: readonly string[];
}

export const BLUEPRINT_SCOPE: Scope = { item: null, root: null, open: [] };

export interface BuildPlace {
  /** Path of the parent entity; null for the root itself. */
  readonly parent: string | null;
  /** That of the blueprint where it is not given. */
  readonly scope?: Scope;
  /** In the text, for diagnostics. */
  readonly path: string;
  /** Last part of the entity's path when its place tells it, as for `member`; else its id or name does. */
  readonly segment?: string;
}

/** Where a value belongs: the entity's path and the config key it is part of. */
export interface ValuePlace {
  readonly owner: string;
  readonly key: string;
  /** In the text, for diagnostics. */
  readonly path: string;
  /** That of the blueprint where it is not given. */
  readonly scope?: Scope;
  /** The type is not known: functions that are not evaluated are none of its problems. */
  readonly opaque?: boolean;
  /** Of something attached to the entity, which starts without it. */
  readonly adjunct?: boolean;
}

/** One `$brooklyn:` expression and where it stands. */
export interface DeferredUse {
  readonly tree: DslTree;
  /** Path of the entity whose config holds it. */
  readonly owner: string;
  /** Canonical config key. */
  readonly key: string;
  readonly path: string;
  /** Of something attached to the entity, which starts without it. */
  readonly adjunct?: boolean;
}

/** One `dependsOn` and where it stands. */
export interface DependencyUse {
  /** Path of the entity that waits. */
  readonly owner: string;
  /** Id of the service that it waits for. */
  readonly on: string;
  /** False: it goes on without one that is not in the plan. */
  readonly required: boolean;
  readonly range: TextRange;
  readonly path: string;
}

export interface BuildUse {
  readonly ask: BuildAsk;
  /** Put into the Dockerfile; null where an expression gives some of them. */
  readonly substitutions: Readonly<Record<string, string>> | null;
  readonly range: TextRange;
  readonly path: string;
}

export interface AttachedPlace {
  readonly range: TextRange;
  readonly path: string;
}

export interface LocationList {
  /** Path of the entity that they are given to. */
  readonly owner: string;
  readonly range: TextRange;
  readonly path: string;
}

export interface LocationUse extends LocationList {
  readonly spec: LocationSpec;
  /** As it is written. */
  readonly text: string;
  /** A map, of which `text` is the key. */
  readonly isMap: boolean;
}

type Build<Place, Spec> = (node: SourceNode, place: Place, state: PlanState) => Spec | null;

export function createPlanState(
  {
    findings,
    library,
    memory,
    completedLater,
    hostAccess = false,
    itemSources = new Map(),
    names = typeNames(library),
  }: Pick<PlanState, 'findings' | 'library' | 'memory' | 'completedLater'> &
    Partial<Pick<PlanState, 'itemSources' | 'hostAccess'>> & { readonly names?: TypeNames },
  build: { readonly entity: Build<BuildPlace, EntitySpec>; readonly object: Build<ValuePlace, AdjunctSpec> },
): PlanState {
  const { entityTypes: types } = library;
  const state: PlanState = {
    findings,
    types,
    library,
    memory,
    builders: { entity: (node, place) => build.entity(node, place, state), object: (node, place) => build.object(node, place, state) },
    ...names,
    paths: new Map(),
    ids: new Map(),
    alike: new Map(),
    uses: [],
    dependencies: [],
    builds: [],
    locationLists: [],
    locationUses: [],
    levels: new Map(),
    attached: new Map(),
    declared: new Map(),
    itemSources,
    hostAccess,
    ...(completedLater === undefined ? {} : { completedLater }),
  };
  return state;
}

type TypeNames = Pick<PlanState, 'typesByName' | 'adjunctsByName'>;

/** Gathered once by one who plans many texts with one library. */
export function typeNames({ entityTypes, adjunctTypes }: Pick<TypeLibrary, 'entityTypes' | 'adjunctTypes'>): TypeNames {
  return { typesByName: byName(entityTypes), adjunctsByName: byName(adjunctTypes) };
}

function byName<Type extends { readonly id: string; readonly aliases: readonly string[] }>(
  types: ReadonlyMap<string, Type>,
): ReadonlyMap<string, Type> {
  return new Map([...types.values()].flatMap((type) => [type.id, ...type.aliases].map((name) => [name, type] as const)));
}
