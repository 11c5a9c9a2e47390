import type { AdjunctType } from '@/server/domain/blueprint/adjunct-type.ts';
import type { BlueprintImporter } from '@/server/domain/blueprint/blueprint-importer.ts';
import type { TypeLibrary } from '@/server/domain/blueprint/type-library.ts';
import type { BlueprintType } from '@/server/domain/blueprint/type-registry.ts';
import type { CatalogItem } from '@/server/domain/catalog/catalog.ts';
import { createCatalog } from '@/server/domain/catalog/create-catalog.ts';
import type { PlacementPlugin } from '@/server/domain/placement/placement-plugin.ts';

/**
 * The types and importers that ship, from the very files that the server loads, so that the editor finds exactly what a deploy
 * would (docs/adr/0008). The bundler turns each `require.context` into the modules of a folder; the server checks them when it starts.
 */
export function browserLibrary(catalog: readonly CatalogItem[]): TypeLibrary {
  const { entityTypes, adjunctTypes, importers } = SHIPPED;
  return { entityTypes, adjunctTypes, importers, catalog: createCatalog(catalog) };
}

const NO_TEST = /^\.\/[\w-]+\.ts$/;

const SHIPPED = {
  entityTypes: byId(pluginsOf<BlueprintType>(require.context('../../server/plugins/entities', false, /^\.\/[\w-]+\.ts$/))),
  adjunctTypes: byId([
    ...pluginsOf<PlacementPlugin | AdjunctType>(require.context('../../server/plugins/placement', false, /^\.\/[\w-]+\.ts$/)).map(
      toAdjunctType,
    ),
    ...pluginsOf<AdjunctType>(require.context('../../server/plugins/policies', false, /^\.\/[\w-]+\.ts$/)),
    ...pluginsOf<AdjunctType>(require.context('../../server/plugins/enrichers', false, /^\.\/[\w-]+\.ts$/)),
    ...pluginsOf<AdjunctType>(require.context('../../server/plugins/initializers', false, /^\.\/[\w-]+\.ts$/)),
    ...pluginsOf<AdjunctType>(require.context('../../server/plugins/locations', false, /^\.\/[\w-]+\.ts$/)),
    ...pluginsOf<AdjunctType>(require.context('../../server/plugins/objects', false, /^\.\/[\w-]+\.ts$/)),
  ]),
  importers: pluginsOf<BlueprintImporter>(require.context('../../server/plugins/importers', false, /^\.\/[\w-]+\.ts$/)),
};

/** A folder of modules, as the bundler gives it. */
interface ModuleContext {
  keys(): string[];
  (key: string): { readonly plugin: unknown };
}

declare const require: { context(folder: string, deep: boolean, pattern: RegExp): ModuleContext };

function pluginsOf<T>(context: ModuleContext): readonly T[] {
  return context
    .keys()
    .filter((key) => NO_TEST.test(key))
    .map((key) => context(key).plugin as T);
}

function byId<T extends { readonly id: string }>(plugins: readonly T[]): ReadonlyMap<string, T> {
  return new Map(plugins.map((plugin) => [plugin.id, plugin]));
}

function toAdjunctType(plugin: PlacementPlugin | AdjunctType): AdjunctType {
  if (!('strategy' in plugin)) return plugin;
  const { id, title, description, aliases, config } = plugin;
  return { id, title, description, kind: 'placement', aliases, config, flags: {}, planned: false };
}
