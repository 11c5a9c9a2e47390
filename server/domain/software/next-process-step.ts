import { nextAttemptAt } from '../entity/crash-back-off.ts';
import type { Crash } from '../entity/entity.ts';
import type { ProcessPhase, ProcessSpec, ProcessStep } from './process-spec.ts';
import type { ProcessState } from './process-state.ts';

/** All that the next step of a process depends on. */
export interface ProcessFacts {
  readonly now: number;
  readonly spec: ProcessSpec;
  readonly state: ProcessState;
  readonly crash: Crash;
  /** Name of the latch that the next step waits for; null where it may be done. */
  readonly latch: string | null;
  /** False where its restart policy leaves it as it ended. */
  readonly isRestarted: boolean;
  /** When it may be asked again whether it runs, milliseconds since the epoch. */
  readonly checkAt: number;
}

export type ProcessMove =
  | { readonly kind: 'perform'; readonly phase: ProcessPhase; readonly step: ProcessStep }
  /** The phase has nothing (more) to do. */
  | { readonly kind: 'pass' }
  /** It is asked whether it runs. */
  | { readonly kind: 'check' }
  /** What may be left of it is ended. */
  | { readonly kind: 'end' }
  | { readonly kind: 'wait'; readonly for: string; readonly lookAgainAt?: number }
  /** It ended, and stays so. */
  | { readonly kind: 'rest' };

/** The one step that brings a process nearer to running. A script that may have been begun comes before everything else: it is followed to its end. */
export function nextProcessStep(facts: ProcessFacts): ProcessMove {
  const { state, spec, now } = facts;
  if (state.phase === 'check') {
    return now >= facts.checkAt ? { kind: 'check' } : { kind: 'wait', for: 'its process', lookAgainAt: facts.checkAt };
  }
  if (state.phase === 'end') return { kind: 'end' };
  const step = spec[state.phase][state.step];
  if (step !== undefined && state.isBegun) return { kind: 'perform', phase: state.phase, step };
  if (facts.crash.failures > 0) {
    if (!facts.isRestarted) return { kind: 'rest' };
    const retryAt = nextAttemptAt(facts.crash, facts.crash.failures - 1);
    if (retryAt > now) return { kind: 'wait', for: backOff(facts.crash.failures), lookAgainAt: retryAt };
  }
  if (facts.latch !== null) return { kind: 'wait', for: facts.latch };
  return step === undefined ? { kind: 'pass' } : { kind: 'perform', phase: state.phase, step };
}

function backOff(failures: number): string {
  return `back-off after ${failures} ${failures === 1 ? 'failure' : 'failures'}`;
}

/** Latches that stand before the next step, by their keys. */
export function latchesBefore({ phase, step }: Pick<ProcessState, 'phase' | 'step'>, spec: ProcessSpec): readonly string[] {
  if (phase === 'check' || phase === 'end') return [];
  const name = spec[phase][step]?.name;
  const isFirst = step === 0;
  switch (phase) {
    case 'install':
      return [
        'latch.start',
        ...(name === 'install-command' ? ['latch.install'] : []),
        ...(isFirst ? ['latch.preInstall.resources'] : afterFirst(name)),
      ];
    case 'customize':
      return ['latch.start', ...(isFirst ? ['latch.customize.resources'] : ['latch.customize'])];
    case 'launch':
      return isFirst ? ['latch.launch.resources'] : ['latch.launch'];
  }
}

function afterFirst(name: string | undefined): readonly string[] {
  return name === 'copy-install-resources' ? ['latch.setup', 'latch.install.resources'] : [];
}

/** All that stand before an install that is put into an image at once. */
export const INSTALL_LATCHES: readonly string[] = [
  'latch.start',
  'latch.preInstall.resources',
  'latch.setup',
  'latch.install.resources',
  'latch.install',
];
