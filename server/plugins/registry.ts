import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugins } from '../ports/plugins.ts';
import { collectPlugins, type FolderModules, isPluginFile, type PluginFolder } from './collect-plugins.ts';

/**
 * Reads the folders of plug-ins: each `.ts` file that is no test exports one `plugin`. To add one is to add a file.
 * @throws ClockerError internal when a file exports none, or a name is given to two
 */
export async function loadPlugins(): Promise<Plugins> {
  const [entities, placement, importers, policies, enrichers, initializers, locations, objects, hostSetup] = await Promise.all([
    loadFolder('entities'),
    loadFolder('placement'),
    loadFolder('importers'),
    loadFolder('policies'),
    loadFolder('enrichers'),
    loadFolder('initializers'),
    loadFolder('locations'),
    loadFolder('objects'),
    loadFolder('host-setup'),
  ]);
  return collectPlugins({ entities, placement, importers, policies, enrichers, initializers, locations, objects, 'host-setup': hostSetup });
}

async function loadFolder(folder: PluginFolder): Promise<FolderModules> {
  const directory = path.join(import.meta.dirname, folder);
  const files = existsSync(directory) ? (await readdir(directory)).filter(isPluginFile) : [];
  const modules = files.map(
    async (file): Promise<[string, unknown]> => [file, await import(/* @vite-ignore */ pathToFileURL(path.join(directory, file)).href)],
  );
  return new Map(await Promise.all(modules));
}
