import { z } from 'zod';
import type { AdjunctType } from '@/server/domain/blueprint/adjunct-type.ts';
import type { TypeLibrary } from '@/server/domain/blueprint/type-library.ts';
import type { CatalogItem } from '@/server/domain/catalog/catalog.ts';
import { createCatalog } from '@/server/domain/catalog/create-catalog.ts';
import { collectPlugins, type FolderModules, isPluginFile } from '@/server/plugins/collect-plugins.ts';

import type { NamedStrategy } from './planner-messages.ts';

/**
 * The types and importers that ship, from the very files that the server loads, so that the editor finds exactly what a deploy
 * would (docs/adr/0008). The bundler turns each `require.context` into the modules of a folder.
 */
export function browserLibrary(catalog: readonly CatalogItem[], strategies: readonly NamedStrategy[]): TypeLibrary {
  const own = strategies.filter(({ id }) => !SHIPPED.adjunctTypes.has(id)).map(toAdjunctType);
  const adjunctTypes = new Map([...SHIPPED.adjunctTypes, ...own.map((type) => [type.id, type] as const)]);
  return { ...SHIPPED, adjunctTypes, catalog: createCatalog(catalog) };
}

/** One that only the server has: what config it takes is told by the server. */
function toAdjunctType(strategy: NamedStrategy): AdjunctType {
  return { ...strategy, kind: 'placement', config: z.looseObject({}), flags: {}, planned: false };
}

const SHIPPED = collectPlugins({
  entities: modulesOf(require.context('../../server/plugins/entities', false, /^\.\/[\w-]+\.ts$/)),
  placement: modulesOf(require.context('../../server/plugins/placement', false, /^\.\/[\w-]+\.ts$/)),
  importers: modulesOf(require.context('../../server/plugins/importers', false, /^\.\/[\w-]+\.ts$/)),
  policies: modulesOf(require.context('../../server/plugins/policies', false, /^\.\/[\w-]+\.ts$/)),
  enrichers: modulesOf(require.context('../../server/plugins/enrichers', false, /^\.\/[\w-]+\.ts$/)),
  initializers: modulesOf(require.context('../../server/plugins/initializers', false, /^\.\/[\w-]+\.ts$/)),
  locations: modulesOf(require.context('../../server/plugins/locations', false, /^\.\/[\w-]+\.ts$/)),
  objects: modulesOf(require.context('../../server/plugins/objects', false, /^\.\/[\w-]+\.ts$/)),
  // Set up by the server alone.
  'host-setup': new Map(),
  sdn: new Map(),
});

/** A folder of modules, as the bundler gives it: by `./` and the name of the file, and maybe by other paths too. */
interface ModuleContext {
  keys(): string[];
  (key: string): unknown;
}

declare const require: { context(folder: string, deep: boolean, pattern: RegExp): ModuleContext };

function modulesOf(context: ModuleContext): FolderModules {
  const files = context.keys().flatMap((key) => (key.startsWith('./') ? [key.slice(2)] : []));
  return new Map(files.filter(isPluginFile).map((file) => [file, context(`./${file}`)]));
}
