import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PlacementPlugin } from '../domain/placement/placement-plugin.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import type { EntityTypePlugin } from '../ports/entity-type.ts';

/** Plug-ins by canonical id. */
export interface LoadedPlugins {
  readonly entityTypes: ReadonlyMap<string, EntityTypePlugin>;
  readonly placement: ReadonlyMap<string, PlacementPlugin>;
}

/**
 * Reads the folders of plug-ins: each `.ts` file that is no test exports one `plugin`. To add one is to add a file.
 * @throws ClockerError internal when a file exports none, or a name is given to two
 */
export async function loadPlugins(): Promise<LoadedPlugins> {
  const [entityTypes, placement] = await Promise.all([loadFolder('entities', isEntityType), loadFolder('placement', isPlacement)]);
  return { entityTypes, placement };
}

interface Named {
  readonly id: string;
  readonly aliases: readonly string[];
}

async function loadFolder<Plugin extends Named>(
  folder: string,
  isPlugin: (value: unknown) => value is Plugin,
): Promise<ReadonlyMap<string, Plugin>> {
  const directory = path.join(import.meta.dirname, folder);
  const files = (await readdir(directory)).filter((file) => file.endsWith('.ts') && !/\.(test|contract)\.ts$/.test(file)).sort();
  const plugins = new Map<string, Plugin>();
  const names = new Map<string, string>();
  for (const file of files) {
    const module: unknown = await import(/* @vite-ignore */ pathToFileURL(path.join(directory, file)).href);
    const plugin = typeof module === 'object' && module !== null && 'plugin' in module ? module.plugin : undefined;
    if (!isPlugin(plugin)) throw unusable(`${folder}/${file} exports no plugin`, 'Export one const named “plugin”.');
    for (const name of [plugin.id, ...plugin.aliases]) {
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

function unusable(message: string, hint: string): ClockerError {
  return new ClockerError('internal', { message: `Plug-in ${message}`, hint });
}
