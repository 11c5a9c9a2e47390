import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';

/** What an engine is to be told besides what it has. */
export interface EngineSettings {
  readonly registryMirrors?: readonly string[];
  readonly insecureRegistries?: readonly string[];
  /** For the networks that the engine makes: `{ base: '10.200.0.0/16', size: 24 }`. */
  readonly addressPools?: readonly { readonly base: string; readonly size: number }[];
  /** Of containers' logs; what is not given has a limit of ours. */
  readonly logOptions?: Readonly<Record<string, string>>;
  /** Containers outlive a restart of the engine. Off for hosts of a Swarm, which cannot have it. */
  readonly liveRestore: boolean;
}

export type MergedConfig =
  | {
      readonly ok: true;
      /** Null where nothing changes. */
      readonly text: string | null;
      /** What the file says of it in the end. */
      readonly liveRestore: boolean;
      /** What changes, in words. */
      readonly changes: readonly string[];
      /** What somebody has set otherwise: it stays. */
      readonly kept: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

const LOG_LIMITS = { 'max-size': '10m', 'max-file': '3' };
const LIMITED_DRIVERS: readonly unknown[] = [undefined, 'json-file', 'local'];

/**
 * Adds our settings to a daemon.json: what is there stays, lists are added to. Pure; equal settings twice change nothing the second time.
 * Keys: https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file
 */
export function mergeDaemonConfig(before: string | null, settings: EngineSettings): MergedConfig {
  const read = readConfig(before);
  if (read === null)
    return { ok: false, problem: '/etc/docker/daemon.json is no JSON object: mend it on the machine, nothing of it is changed' };
  const config: Record<string, Json> = { ...read };
  const changes: string[] = [];
  const kept: string[] = [];
  if (settings.liveRestore && config['live-restore'] === undefined) {
    config['live-restore'] = true;
    changes.push('containers outlive a restart of the engine (live-restore)');
  } else if (settings.liveRestore && config['live-restore'] !== true) kept.push('live-restore is off');
  if (LIMITED_DRIVERS.includes(config['log-driver']) && config['log-opts'] === undefined) {
    const limits = { ...LOG_LIMITS, ...settings.logOptions };
    config['log-opts'] = limits;
    changes.push(`logs of a container take at most ${limits['max-file']} times ${limits['max-size']} (log-opts)`);
  } else if (Object.keys(settings.logOptions ?? {}).length > 0 && !hasAll(config['log-opts'], settings.logOptions)) kept.push('log-opts');
  addToList(config, { key: 'registry-mirrors', items: settings.registryMirrors ?? [], changes, kept });
  addToList(config, { key: 'insecure-registries', items: settings.insecureRegistries ?? [], changes, kept });
  const pools = settings.addressPools ?? [];
  if (pools.length > 0 && config['default-address-pools'] === undefined) {
    config['default-address-pools'] = pools.map(({ base, size }) => ({ base, size }));
    changes.push(`networks get addresses of ${pools.map(({ base }) => base).join(', ')}`);
  } else if (pools.length > 0 && JSON.stringify(config['default-address-pools']) !== JSON.stringify(pools))
    kept.push('default-address-pools');
  const text = changes.length === 0 ? null : `${JSON.stringify(config, null, 2)}\n`;
  return { ok: true, text, liveRestore: config['live-restore'] === true, changes, kept };
}

function hasAll(present: Json | undefined, wanted: EngineSettings['logOptions'] = {}): boolean {
  return present !== undefined && isJsonObject(present) && Object.entries(wanted).every(([key, value]) => present[key] === value);
}

function readConfig(text: string | null): JsonObject | null {
  if (text === null || text.trim() === '') return {};
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function addToList(
  config: Record<string, Json>,
  {
    key,
    items,
    changes,
    kept,
  }: { readonly key: string; readonly items: readonly string[]; readonly changes: string[]; readonly kept: string[] },
): void {
  const present = config[key] ?? [];
  if (!Array.isArray(present)) {
    if (items.length > 0) kept.push(key);
    return;
  }
  const missing = items.filter((item) => !present.includes(item));
  if (missing.length === 0) return;
  config[key] = [...present, ...missing];
  changes.push(`${key}: ${missing.join(', ')}`);
}
