import { canonicalJson } from '../shared/json.ts';
import type { ProcessPhase, ProcessSpec } from './process-spec.ts';

/**
 * How far a process has come; durable, so that a crash repeats one script at most.
 *
 *   install ─► customize ─► launch ─► check ─► end ─► launch …
 *
 * install    once for what is installed
 * customize  once for each spec
 * launch     as often as it is started
 * check      launched: it is asked whether it runs, until it does and for as long as it should
 * end        it has failed: what may be left of it is ended before it is launched again
 */
export interface ProcessState {
  readonly phase: ProcessPhase | 'check' | 'end';
  /** Steps of the phase that are done. */
  readonly step: number;
  /** Scripts begun so far: each has a number of its own, by which it is found again. */
  readonly runs: number;
  /** The script of that number may have been begun: it is followed, never begun twice. */
  readonly isBegun: boolean;
  /** Milliseconds since the epoch; null while it is not launched. */
  readonly launchedAt: number | null;
  /** As it was told last; null where none was. */
  readonly pid: number | null;
}

const NEW: ProcessState = { phase: 'install', step: 0, runs: 0, isBegun: false, launchedAt: null, pid: null };

interface Earlier {
  readonly spec: ProcessSpec | undefined;
  readonly state: ProcessState | undefined;
}

/** Where a process begins. What was installed on the same machine for the same is there; runs are counted on, since their folders are. */
export function beginProcess(spec: ProcessSpec, before: Earlier | null): ProcessState {
  if (before?.spec === undefined || before.state === undefined || spec.place.kind === 'container') return NEW;
  const isSame =
    canonicalJson([spec.install, spec.place.installDir]) === canonicalJson([before.spec.install, before.spec.place.installDir]);
  const isThere = isSame && before.state.phase !== 'install';
  return { ...NEW, runs: before.state.runs, phase: isThere ? 'customize' : 'install' };
}

/** It was stopped on purpose, or with its container: it is launched when that runs again. */
export function stoppedProcess(state: ProcessState): ProcessState {
  const isEarly = state.phase === 'install' || state.phase === 'customize';
  const rest = { isBegun: false, launchedAt: null, pid: null };
  return isEarly ? { ...state, ...rest } : { ...state, ...rest, phase: 'launch', step: 0 };
}

/** After one more step. */
export function afterStep(state: ProcessState, spec: ProcessSpec, now: number): ProcessState {
  if (state.phase === 'end') return { ...stoppedProcess(state), runs: state.runs };
  if (state.phase === 'check') return state;
  const next = { ...state, step: state.step + 1, isBegun: false };
  return next.step < spec[state.phase].length ? next : { ...next, ...afterPhase(state.phase, now) };
}

function afterPhase(phase: ProcessPhase, now: number): Pick<ProcessState, 'phase' | 'step' | 'launchedAt'> {
  switch (phase) {
    case 'install':
      return { phase: 'customize', step: 0, launchedAt: null };
    case 'customize':
      return { phase: 'launch', step: 0, launchedAt: null };
    case 'launch':
      return { phase: 'check', step: 0, launchedAt: now };
  }
}

/** True for one that has a machine for itself, where there is no container. */
export function isOnMachine({ spec }: { readonly spec: { readonly process?: ProcessSpec | undefined } }): boolean {
  return spec.process?.place.kind === 'machine';
}
