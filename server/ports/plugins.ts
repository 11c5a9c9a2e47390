import type { AdjunctType } from '../domain/blueprint/adjunct-type.ts';
import type { BlueprintImporter } from '../domain/blueprint/blueprint-importer.ts';
import type { PackageManagerPlugin } from '../domain/host-setup/package-manager.ts';
import type { PlacementPlugin } from '../domain/placement/placement-plugin.ts';
import type { EntityTypePlugin } from './entity-type.ts';
import type { SdnProvider } from './sdn-provider.ts';

/** Plug-ins by canonical id. */
export interface Plugins {
  readonly entityTypes: ReadonlyMap<string, EntityTypePlugin>;
  readonly placement: ReadonlyMap<string, PlacementPlugin>;
  /** Policies, enrichers, initializers, locations and plain objects; placement strategies are among them. */
  readonly adjunctTypes: ReadonlyMap<string, AdjunctType>;
  readonly importers: readonly BlueprintImporter[];
  /** How distributions install Docker Engine. */
  readonly packageManagers: readonly PackageManagerPlugin[];
  /** How networks reach from host to host. */
  readonly sdnProviders: ReadonlyMap<string, SdnProvider>;
}
