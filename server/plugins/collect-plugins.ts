import type { AdjunctKind, AdjunctType } from '../domain/blueprint/adjunct-type.ts';
import type { BlueprintImporter } from '../domain/blueprint/blueprint-importer.ts';
import type { PackageManagerPlugin } from '../domain/host-setup/package-manager.ts';
import type { PlacementPlugin } from '../domain/placement/placement-plugin.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import type { EntityTypePlugin } from '../ports/entity-type.ts';
import type { Plugins } from '../ports/plugins.ts';
import type { SdnProvider } from '../ports/sdn-provider.ts';

export type PluginFolder =
  | 'entities'
  | 'placement'
  | 'importers'
  | 'policies'
  | 'enrichers'
  | 'initializers'
  | 'locations'
  | 'objects'
  | 'host-setup'
  | 'sdn';

/** What the files of a folder export, by the name of the file. */
export type FolderModules = ReadonlyMap<string, unknown>;

/** Folders of `AdjunctType` plug-ins and what each holds. */
const ADJUNCT_FOLDERS: readonly { readonly folder: PluginFolder; readonly kind: AdjunctKind }[] = [
  { folder: 'policies', kind: 'policy' },
  { folder: 'enrichers', kind: 'enricher' },
  { folder: 'initializers', kind: 'initializer' },
  { folder: 'locations', kind: 'location' },
  { folder: 'objects', kind: 'object' },
];

/** True for a file that holds a plug-in; false for a test, whose name has a further dot. */
export function isPluginFile(file: string): boolean {
  return /^[\w-]+\.ts$/.test(file);
}

/**
 * The plug-ins in loaded modules, in the order of their files, whoever loaded them: the server by reading folders, the browser's bundler when
 * it builds.
 * @throws ClockerError internal when a file exports none, or a name is given to two
 */
export function collectPlugins(modules: Readonly<Record<PluginFolder, FolderModules>>): Plugins {
  const inFolder = <Plugin extends Named>(folder: PluginFolder, isPlugin: (value: unknown) => value is Plugin) =>
    pluginsOf({ folder, modules: modules[folder], isPlugin });
  const entityTypes = inFolder('entities', isEntityType);
  const placement = [...inFolder('placement', isPlacementOrAdjunct).values()];
  const adjuncts = ADJUNCT_FOLDERS.flatMap(({ folder, kind }) => [
    ...inFolder(folder, (value): value is AdjunctType => isAdjunctOf(kind, value)).values(),
  ]);
  return {
    entityTypes,
    placement: new Map(placement.filter(isPlacement).map((plugin) => [plugin.id, plugin])),
    adjunctTypes: byName([...placement.map(toAdjunctType), ...adjuncts], entityTypes),
    importers: [...inFolder('importers', isImporter).values()],
    packageManagers: [...inFolder('host-setup', isPackageManager).values()],
    sdnProviders: inFolder('sdn', isSdnProvider),
  };
}

interface Named {
  readonly id: string;
  readonly aliases?: readonly string[];
}

interface Folder<Plugin> {
  readonly folder: PluginFolder;
  readonly modules: FolderModules;
  readonly isPlugin: (value: unknown) => value is Plugin;
}

function pluginsOf<Plugin extends Named>({ folder, modules, isPlugin }: Folder<Plugin>): ReadonlyMap<string, Plugin> {
  const plugins = new Map<string, Plugin>();
  const names = new Map<string, string>();
  for (const file of [...modules.keys()].sort()) {
    const module = modules.get(file);
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
  const { id, title, description, aliases, config, flags = {} } = plugin;
  return { id, title, description, kind: 'placement', aliases, config, flags, planned: false };
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

function isPlacementOrAdjunct(value: unknown): value is PlacementPlugin | AdjunctType {
  return isPlacement(value) || isAdjunctOf('placement', value);
}

function isAdjunctOf(kind: AdjunctKind, value: unknown): value is AdjunctType {
  return isNamed(value) && value.kind === kind && 'planned' in value;
}

function isImporter(value: unknown): value is BlueprintImporter {
  return typeof value === 'object' && value !== null && 'id' in value && 'recognises' in value && 'toCamp' in value;
}

function isPackageManager(value: unknown): value is PackageManagerPlugin {
  return typeof value === 'object' && value !== null && 'id' in value && 'command' in value && 'install' in value;
}

function isSdnProvider(value: unknown): value is SdnProvider {
  return isNamed(value) && 'observe' in value && 'plan' in value && 'apply' in value;
}

function unusable(message: string, hint: string): ClockerError {
  return new ClockerError('internal', { message: `Plug-in ${message}`, hint });
}
