import type { Catalog } from '../catalog/catalog.ts';
import type { AdjunctType } from './adjunct-type.ts';
import type { BlueprintImporter } from './blueprint-importer.ts';
import type { TypeRegistry } from './type-registry.ts';

/** Everything that a blueprint may name, and the languages it may be written in. */
export interface TypeLibrary {
  /** By canonical id. */
  readonly entityTypes: TypeRegistry;
  /** By canonical id. */
  readonly adjunctTypes: ReadonlyMap<string, AdjunctType>;
  /** CAMP itself is none of them: it is what they turn into. */
  readonly importers: readonly BlueprintImporter[];
  /** Types that people added, as blueprints. Asked after the shipped types. */
  readonly catalog: Catalog;
}
