import { type EngineSettings, mergeDaemonConfig } from './merge-daemon-config.ts';
import type { PackageManagerPlugin } from './package-manager.ts';
import type { SetUpFacts } from './set-up-facts.ts';

export type SetUpStep =
  /** Writes /etc/docker/daemon.json. */
  | { readonly kind: 'configure'; readonly name: string; readonly text: string }
  | { readonly kind: 'install'; readonly name: string; readonly manager: PackageManagerPlugin }
  /** Starts the engine, now and at each boot. */
  | { readonly kind: 'start'; readonly name: string }
  /** The running engine takes up its configuration; its containers run on. */
  | { readonly kind: 'reload'; readonly name: string }
  /** The user may use the engine. */
  | { readonly kind: 'group'; readonly name: string }
  /** Runs a container of a tiny image of our own, and removes both. */
  | { readonly kind: 'verify'; readonly name: string };

export type SetUpPlan =
  | { readonly ok: true; readonly steps: readonly SetUpStep[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problem: string; readonly hint: string };

/** An overlay cannot stand on them, and Docker Engine takes its driver that copies (docs.docker.com, storage drivers). */
const STACKED_FILE_SYSTEMS: readonly string[] = ['overlayfs', 'aufs', 'ecryptfs', 'nfs'];

/** What Docker Engine and a few images need. */
export const LEAST_FREE_BYTES = 1.5 * 1024 ** 3;

/**
 * What is left to do until a machine is a Docker host, in order. Pure: a machine that is set up gets the check alone. Nothing is ever removed,
 * upgraded or booted, and a running engine is never restarted.
 */
export function planSetUp(facts: SetUpFacts, managers: readonly PackageManagerPlugin[], wanted: EngineSettings): SetUpPlan {
  const settings = { ...wanted, liveRestore: wanted.liveRestore && !facts.swarm };
  const config = mergeDaemonConfig(facts.daemonConfig, settings);
  if (!config.ok) return { ok: false, problem: config.problem, hint: 'Then try again.' };
  const manager = managers.find(({ command }) => facts.packageCommands.includes(command));
  const isMissing = facts.docker === 'missing';
  const needsGroup = !facts.isRoot && !facts.groups.includes('docker');
  const steps: SetUpStep[] = [
    ...(config.text === null
      ? []
      : [{ kind: 'configure', name: `Configure the engine: ${config.changes.join('; ')}`, text: config.text } as const]),
    ...(isMissing && manager ? [{ kind: 'install', name: `Install Docker Engine with ${manager.title}`, manager } as const] : []),
    ...(facts.docker === 'running' ? [] : [{ kind: 'start', name: 'Start Docker Engine, now and at each boot' } as const]),
    ...(facts.docker === 'running' && (config.text !== null || (config.liveRestore && facts.liveRestore === false))
      ? [{ kind: 'reload', name: 'Let the engine take up its configuration' } as const]
      : []),
    ...(needsGroup ? [{ kind: 'group', name: `Let ${facts.user} use Docker` } as const] : []),
    { kind: 'verify', name: 'Run a container' },
  ];
  const refusal = refusalOf(facts, { isMissing, hasManager: manager !== undefined, changes: steps.length > 1 });
  if (refusal) return { ok: false, ...refusal };
  const notes = [
    ...(facts.swarm ? ['It is part of a Swarm: live-restore is left alone'] : []),
    ...(STACKED_FILE_SYSTEMS.includes(facts.fileSystem)
      ? [
          `/var/lib lies on ${facts.fileSystem}, which holds no overlay of images: the engine copies whole layers, slowly. Give /var/lib/docker a volume.`,
        ]
      : []),
    ...config.kept.map((what) => `Kept as it is: ${what}`),
    ...(isMissing && manager && !manager.verified ? [`${manager.title} was not tried on a real machine yet`] : []),
  ];
  return { ok: true, steps, notes };
}

function refusalOf(
  facts: SetUpFacts,
  { isMissing, hasManager, changes }: { readonly isMissing: boolean; readonly hasManager: boolean; readonly changes: boolean },
): { readonly problem: string; readonly hint: string } | null {
  if (changes && !facts.isRoot && !facts.hasSudo) {
    return {
      problem: `${facts.user} is not root, and sudo asks for a password`,
      hint: `Log in as root, or allow it on the machine: echo '${facts.user} ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/clocker`,
    };
  }
  if (isMissing && !hasManager) {
    const has = facts.packageCommands.length === 0 ? 'no package manager that is known' : `only ${facts.packageCommands.join(', ')}`;
    return {
      problem: `Docker Engine is missing, and ${facts.osName} has ${has}`,
      hint: 'Install Docker Engine on the machine, then try again.',
    };
  }
  if (isMissing && facts.freeBytes !== null && facts.freeBytes < LEAST_FREE_BYTES) {
    const free = (facts.freeBytes / 1024 ** 3).toFixed(1);
    return { problem: `Only ${free} GiB are free below /var/lib`, hint: 'Docker Engine needs 1.5 GiB. Make room, then try again.' };
  }
  if (facts.docker !== 'running' && facts.cgroup === 'none') {
    return {
      problem: 'The machine has no control groups, without which no container runs',
      hint: 'Mount them: a machine with systemd or openrc does so as it boots; in a container, give it /sys/fs/cgroup.',
    };
  }
  if (facts.docker !== 'running' && facts.init === 'none') {
    return { problem: 'The machine has no init system that starts services', hint: 'systemd, openrc and sysv init are known.' };
  }
  return null;
}
