import type { FileSpec } from '../entity/container-spec.ts';
import type { ArchiveSpec } from './archives.ts';

/** Where a process runs: in a container of ours, or on a machine that it has for itself. */
export type SoftwarePlaceKind = 'container' | 'machine';

/** Folders and files that scripts of a process may count on. All paths are absolute. */
export interface SoftwarePlace {
  readonly kind: SoftwarePlaceKind;
  /** The others are below it unless the blueprint says otherwise; taken away, once it is empty. */
  readonly baseDir: string;
  /** What was installed, and what it was installed from. Scripts of the install begin here. */
  readonly installDir: string;
  /** Content of the archive of `download.url`; the install folder where there is none. */
  readonly expandedDir: string;
  /** Everything of one run: its configuration, its logs, its process id. All other scripts begin here. */
  readonly runDir: string;
  /**
   * What is to survive restarts, updates and the end of its files, for a type that keeps data: a volume in a container, a folder of its own on a
   * machine. Users of the machine may reach it; what is in it has rights of its own.
   */
  readonly dataDir: string;
  /** Holds the process id, where the scripts write one. */
  readonly pidFile: string;
}

/** What a type runs in each phase: text of a POSIX shell, given to it as it is; null does nothing. */
export interface SoftwareCommands {
  readonly install: string | null;
  readonly customize: string | null;
  /** Starts the process in the background, and ends. Null has nothing to start: the process counts as running. */
  readonly launch: string | null;
  /** Exit code 0 while it runs. Null looks for the process of the PID file. */
  readonly check: string | null;
  /** Null ends the process of the PID file: SIGTERM, and SIGKILL after the stop timeout. */
  readonly stop: string | null;
  /** Besides `shell.env`, which wins. */
  readonly env?: Readonly<Record<string, string>>;
  /** Written into the run folder's world before `customize`. Absolute paths. */
  readonly files?: readonly FileSpec[];
}

/** Phases of a process that are done once and stay done, in their order. */
export const PROCESS_PHASES = ['install', 'customize', 'launch'] as const;
export type ProcessPhase = (typeof PROCESS_PHASES)[number];

/** One thing that an install does, named as Brooklyn names it: `pre-install-command`, `download` … */
export type InstallStep =
  | { readonly name: string; readonly script: string }
  | { readonly name: string; readonly files: readonly FileSpec[] };

/** One thing that a phase does: `copy-runtime-resources`, `launch` … */
export type ProcessStep = InstallStep | { readonly name: string; readonly archives: readonly ArchiveSpec[] };

/** Everything about one process. Resolved: no deferred values, plain data, part of its instance's spec. */
export interface ProcessSpec {
  readonly place: SoftwarePlace;
  readonly env: Readonly<Record<string, string>>;
  /** Empty where nothing is to be installed there: an image has it, or `skip.install` says so. */
  readonly install: readonly InstallStep[];
  readonly customize: readonly ProcessStep[];
  readonly launch: readonly ProcessStep[];
  /** False where nothing is ever started. */
  readonly hasProcess: boolean;
  readonly check: string | null;
  readonly stop: string | null;
  /** Milliseconds from launch to running. */
  readonly startTimeoutMs: number;
  /** Milliseconds between looks whether it runs. */
  readonly pollMs: number;
}
