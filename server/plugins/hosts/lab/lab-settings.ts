import { ClockerError } from '../../../domain/shared/clocker-error.ts';

export interface LabSettings {
  /** Names the lab; several labs live side by side on one engine. Pattern `[a-z][a-z0-9-]{0,19}`. */
  readonly name: string;
  /** Keys, locks and, where the lab runs an engine of its own, the engine's data. */
  readonly stateFolder: string;
  /** Built images. Survives `down`; may be deleted at any time. */
  readonly cacheFolder: string;
  /** Socket of the engine that the machine runs anyway; used where it answers. */
  readonly machineSocket: string;
}

const DEFAULT_SOCKET = '/var/run/docker.sock';
const NAME_PATTERN = /^[a-z][a-z0-9-]{0,19}$/;

/** Settings of the lab from $CLOCKER_LAB_NAME, $CLOCKER_LAB_DIR, $CLOCKER_LAB_CACHE and $DOCKER_HOST. Errors: input.invalid. */
export function toLabSettings(env: Readonly<Record<string, string | undefined>>): LabSettings {
  const name = env.CLOCKER_LAB_NAME || 'clocker';
  if (!NAME_PATTERN.test(name)) {
    throw new ClockerError('input.invalid', {
      message: `The lab cannot be called "${name}"`,
      hint: 'Set CLOCKER_LAB_NAME to 1 to 20 lower-case letters, digits or dashes, starting with a letter.',
    });
  }
  return {
    name,
    stateFolder: toFolder(env.CLOCKER_LAB_DIR, '/var/lib/clocker-lab', 'CLOCKER_LAB_DIR'),
    cacheFolder: toFolder(env.CLOCKER_LAB_CACHE, '/var/cache/clocker-lab', 'CLOCKER_LAB_CACHE'),
    machineSocket: env.DOCKER_HOST?.startsWith('unix://') ? env.DOCKER_HOST.slice('unix://'.length) : DEFAULT_SOCKET,
  };
}

function toFolder(value: string | undefined, fallback: string, variable: string): string {
  const folder = (value || fallback).replace(/\/+$/, '');
  if (folder.startsWith('/')) return folder;
  throw new ClockerError('input.invalid', {
    message: `${variable} is "${value}"`,
    hint: 'Give an absolute path other than the root folder.',
  });
}

export interface LabPaths {
  readonly engineFolder: string;
  readonly engineRecord: string;
  readonly engineSocket: string;
  readonly dockerConfig: string;
  readonly workFolder: string;
  readonly labsFolder: string;
  readonly labFolder: string;
  readonly privateKey: string;
  readonly hostKeys: string;
  readonly archives: string;
  readonly registryContent: string;
}

/** Where each thing lies on the disk. */
export function toLabPaths(settings: LabSettings): LabPaths {
  const { stateFolder, cacheFolder, name } = settings;
  const labFolder = `${stateFolder}/labs/${name}`;
  return {
    engineFolder: `${stateFolder}/engine`,
    engineRecord: `${stateFolder}/engine/engine.json`,
    engineSocket: `${stateFolder}/engine/docker.sock`,
    dockerConfig: `${stateFolder}/docker-config`,
    workFolder: `${stateFolder}/work`,
    labsFolder: `${stateFolder}/labs`,
    labFolder,
    privateKey: `${labFolder}/id_ed25519`,
    hostKeys: `${labFolder}/host-keys`,
    archives: `${cacheFolder}/archives`,
    registryContent: `${cacheFolder}/registry`,
  };
}
