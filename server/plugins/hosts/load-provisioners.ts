import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostProvisioner, ProvisionerPlugin } from '../../ports/host-provisioner.ts';
import type { LocalExec } from '../../ports/local-exec.ts';
import type { LocalFiles } from '../../ports/local-files.ts';

/** What a provisioner may use of the machine that Clocker runs on. */
export interface ProvisionerPorts {
  readonly exec: LocalExec;
  readonly files: LocalFiles;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads `plugins/hosts`: each folder with a `plugin.ts` is one provisioner. To add one is to add a folder.
 * @throws ClockerError internal where a folder exports none
 */
export async function loadProvisioners(ports: ProvisionerPorts): Promise<ReadonlyMap<string, HostProvisioner>> {
  const entries = await readdir(import.meta.dirname, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const plugins = await Promise.all(folders.sort().map(readPlugin));
  return new Map(plugins.map((plugin) => [plugin.id, plugin.create(ports)]));
}

async function readPlugin(folder: string): Promise<ProvisionerPlugin<ProvisionerPorts>> {
  const module: unknown = await import(/* @vite-ignore */ pathToFileURL(path.join(import.meta.dirname, folder, 'plugin.ts')).href);
  const plugin = typeof module === 'object' && module !== null && 'plugin' in module ? module.plugin : undefined;
  if (isPlugin(plugin)) return plugin;
  throw new ClockerError('internal', { message: `Plug-in hosts/${folder} exports no plugin`, hint: 'Export one const named “plugin”.' });
}

function isPlugin(value: unknown): value is ProvisionerPlugin<ProvisionerPorts> {
  return typeof value === 'object' && value !== null && 'id' in value && 'create' in value && typeof value.create === 'function';
}
