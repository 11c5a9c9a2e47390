/** What a catalog item is, in Brooklyn's words. */
export type CatalogItemType = 'application' | 'template' | 'entity' | 'policy' | 'enricher' | 'location' | 'bean';

/** One version of a type that somebody added to the catalog as YAML. Plain data. */
export interface CatalogItem {
  readonly symbolicName: string;
  /** `1.2.0`, `2.0.0-SNAPSHOT`. */
  readonly version: string;
  readonly itemType: CatalogItemType;
  readonly name: string;
  readonly description: string | null;
  readonly iconUrl: string | null;
  readonly tags: readonly string[];
  /** Still usable, with a warning. */
  readonly deprecated: boolean;
  /** Not usable in new deployments. */
  readonly disabled: boolean;
  /** Symbolic name and version of the bundle it came in. */
  readonly bundle: { readonly symbolicName: string; readonly version: string };
  /** The item by itself as YAML: a service, or a blueprint with `services`. */
  readonly text: string;
}

/** Looks types up. A version of null takes the highest that is not disabled; an exact version must match. */
export interface Catalog {
  find(symbolicName: string, version: string | null): CatalogItem | undefined;
  /** All versions of all items. */
  list(): readonly CatalogItem[];
}

export const EMPTY_CATALOG: Catalog = { find: () => undefined, list: () => [] };
