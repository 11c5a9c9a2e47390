import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugins } from '../ports/plugins.ts';
import { collectPlugins, type FolderModules, isPluginFile, type PluginFolder } from './collect-plugins.ts';
import { loadOwnStrategies } from './own-strategies.ts';

/**
 * Reads the folders of plug-ins: each `.ts` file that is no test exports one `plugin`. To add one is to add a file.
 * `ownFolder`: strategies of those who run the installation, see `loadOwnStrategies`.
 * @throws ClockerError internal when a file exports none, or a name is given to two
 */
export async function loadPlugins(ownFolder: string | undefined = process.env.CLOCKER_PLUGINS): Promise<Plugins> {
  const [entities, shipped, own, importers, policies, enrichers, initializers, locations, objects, hostSetup, sdn] = await Promise.all([
    loadFolder('entities'),
    loadFolder('placement'),
    loadOwnStrategies(ownFolder),
    loadFolder('importers'),
    loadFolder('policies'),
    loadFolder('enrichers'),
    loadFolder('initializers'),
    loadFolder('locations'),
    loadFolder('objects'),
    loadFolder('host-setup'),
    loadFolder('sdn'),
  ]);
  const placement = new Map([...shipped, ...own]);
  return collectPlugins({
    entities,
    placement,
    importers,
    policies,
    enrichers,
    initializers,
    locations,
    objects,
    'host-setup': hostSetup,
    sdn,
  });
}

async function loadFolder(folder: PluginFolder): Promise<FolderModules> {
  const directory = path.join(import.meta.dirname, folder);
  const files = existsSync(directory) ? (await readdir(directory)).filter(isPluginFile) : [];
  const modules = files.map(
    async (file): Promise<[string, unknown]> => [file, await import(/* @vite-ignore */ pathToFileURL(path.join(directory, file)).href)],
  );
  return new Map(await Promise.all(modules));
}
