import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AdjunctKind, AdjunctType } from '../domain/blueprint/adjunct-type.ts';
import type { BlueprintImporter } from '../domain/blueprint/blueprint-importer.ts';
import type { PlacementPlugin } from '../domain/placement/placement-plugin.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import type { EntityTypePlugin } from '../ports/entity-type.ts';

/** Plug-ins by canonical id. */
export interface LoadedPlugins {
  readonly entityTypes: ReadonlyMap<string, EntityTypePlugin>;
  readonly placement: ReadonlyMap<string, PlacementPlugin>;
  /** Policies, enrichers, initializers, locations and plain objects; placement strategies are among them. */
  readonly adjunctTypes: ReadonlyMap<string, AdjunctType>;
  readonly importers: readonly BlueprintImporter[];
}

/** Folders of `AdjunctType` plug-ins and what each holds. */
const ADJUNCT_FOLDERS: readonly { readonly folder: string; readonly kind: AdjunctKind }[] = [
  { folder: 'policies', kind: 'policy' },
  { folder: 'enrichers', kind: 'enricher' },
  { folder: 'initializers', kind: 'initializer' },
  { folder: 'locations', kind: 'location' },
  { folder: 'objects', kind: 'object' },
];

/**
 * Reads the folders of plug-ins: each `.ts` file that is no test exports one `plugin`. To add one is to add a file.
 * @throws ClockerError internal when a file exports none, or a name is given to two
 */
export async function loadPlugins(): Promise<LoadedPlugins> {
  const [entityTypes, placement, importers, ...adjuncts] = await Promise.all([
    loadFolder('entities', isEntityType),
    loadFolder('placement', (value): value is PlacementPlugin | AdjunctType => isPlacement(value) || isAdjunctOf('placement', value)),
    loadFolder('importers', isImporter),
    ...ADJUNCT_FOLDERS.map(({ folder, kind }) => loadFolder(folder, (value): value is AdjunctType => isAdjunctOf(kind, value))),
  ]);
  const strategies = [...placement.values()].filter(isPlacement);
  const types = [...[...placement.values()].map(toAdjunctType), ...adjuncts.flatMap((found) => [...found.values()])];
  return {
    entityTypes,
    placement: new Map(strategies.map((plugin) => [plugin.id, plugin])),
    adjunctTypes: byName(types, entityTypes),
    importers: [...importers.values()],
  };
}

/** By id. A name means one type of what is attached, whatever its kind; an id means one type of all. */
function byName(types: readonly AdjunctType[], entityTypes: ReadonlyMap<string, EntityTypePlugin>): ReadonlyMap<string, AdjunctType> {
  const names = new Map<string, AdjunctType>();
  for (const type of types) {
    if (entityTypes.has(type.id)) throw unusable(`“${type.id}” is both an entity type and a ${type.kind}`, 'Rename one.');
    for (const name of [type.id, ...type.aliases]) {
      const other = names.get(name);
      if (other !== undefined) throw unusable(`“${name}” is both a ${other.kind} and a ${type.kind}`, 'Rename one.');
      names.set(name, type);
    }
  }
  return new Map(types.map((type) => [type.id, type]));
}

function toAdjunctType(plugin: PlacementPlugin | AdjunctType): AdjunctType {
  if (!isPlacement(plugin)) return plugin;
  const { id, title, description, aliases, config } = plugin;
  return { id, title, description, kind: 'placement', aliases, config, flags: {}, planned: false };
}

interface Named {
  readonly id: string;
  readonly aliases?: readonly string[];
}

async function loadFolder<Plugin extends Named>(
  folder: string,
  isPlugin: (value: unknown) => value is Plugin,
): Promise<ReadonlyMap<string, Plugin>> {
  const directory = path.join(import.meta.dirname, folder);
  const found = existsSync(directory) ? await readdir(directory) : [];
  const files = found.filter((file) => file.endsWith('.ts') && !/\.(test|contract)\.ts$/.test(file)).sort();
  const plugins = new Map<string, Plugin>();
  const names = new Map<string, string>();
  for (const file of files) {
    const module: unknown = await import(/* @vite-ignore */ pathToFileURL(path.join(directory, file)).href);
    const plugin = typeof module === 'object' && module !== null && 'plugin' in module ? module.plugin : undefined;
    if (!isPlugin(plugin)) throw unusable(`${folder}/${file} exports no plugin`, 'Export one const named “plugin”.');
    for (const name of [plugin.id, ...(plugin.aliases ?? [])]) {
      const other = names.get(name);
      if (other !== undefined) throw unusable(`${folder}/${file} and ${folder}/${other} both claim the name “${name}”`, 'Rename one.');
      names.set(name, file);
    }
    plugins.set(plugin.id, plugin);
  }
  return plugins;
}

function isNamed(value: unknown): value is Named & Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'aliases' in value &&
    Array.isArray(value.aliases) &&
    'config' in value
  );
}

function isEntityType(value: unknown): value is EntityTypePlugin {
  return isNamed(value) && 'kind' in value && 'sensors' in value;
}

function isPlacement(value: unknown): value is PlacementPlugin {
  return isNamed(value) && 'strategy' in value;
}

function isAdjunctOf(kind: AdjunctKind, value: unknown): value is AdjunctType {
  return isNamed(value) && value.kind === kind && 'planned' in value;
}

function isImporter(value: unknown): value is BlueprintImporter {
  return typeof value === 'object' && value !== null && 'id' in value && 'recognises' in value && 'toCamp' in value;
}

function unusable(message: string, hint: string): ClockerError {
  return new ClockerError('internal', { message: `Plug-in ${message}`, hint });
}
