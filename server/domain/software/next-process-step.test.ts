import { describe, expect, it } from 'vitest';
import { latchesBefore, nextProcessStep, type ProcessFacts } from './next-process-step.ts';
import type { InstallStep, ProcessSpec } from './process-spec.ts';
import { afterStep, beginProcess, type ProcessState, stoppedProcess } from './process-state.ts';

const NOW = 1_000_000;
const place = {
  kind: 'machine',
  baseDir: '/b',
  installDir: '/i',
  expandedDir: '/i',
  runDir: '/r',
  dataDir: '/d',
  pidFile: '/r/pid.txt',
} as const;
const script = (name: string): InstallStep => ({ name, script: `echo ${name}` });
const SPEC: ProcessSpec = {
  place,
  env: {},
  install: [script('pre-install-command'), script('install-command')],
  customize: [],
  launch: [script('pre-launch-command'), script('launch')],
  hasProcess: true,
  check: null,
  stop: null,
  startTimeoutMs: 120_000,
  pollMs: 5_000,
};

function facts(state: Partial<ProcessState>, fields: Partial<ProcessFacts> = {}): ProcessFacts {
  return {
    now: NOW,
    spec: SPEC,
    state: { ...beginProcess(SPEC, null), ...state },
    crash: { failures: 0, lastAt: 0 },
    latch: null,
    isRestarted: true,
    checkAt: 0,
    ...fields,
  };
}

/** Names of all that is done until it is asked whether it runs, in a world where everything succeeds. */
function performed(from: ProcessState): readonly string[] {
  const names: string[] = [];
  let state = from;
  for (let count = 0; count < 20; count += 1) {
    const move = nextProcessStep(facts(state));
    if (move.kind === 'check') return names;
    if (move.kind === 'perform') names.push(move.step.name);
    state = afterStep(state, SPEC, NOW);
  }
  throw new Error('never launched');
}

describe('nextProcessStep', () => {
  it('installs, customises and launches in this order, and then asks whether it runs', () => {
    expect(performed(beginProcess(SPEC, null))).toEqual(['pre-install-command', 'install-command', 'pre-launch-command', 'launch']);
  });

  it('launches again after a stop without installing, and takes up an install that was stopped', () => {
    expect(performed(stoppedProcess({ ...beginProcess(SPEC, null), phase: 'check', pid: 7 }))).toEqual(['pre-launch-command', 'launch']);
    expect(performed(stoppedProcess({ ...beginProcess(SPEC, null), step: 1 }))).toEqual([
      'install-command',
      'pre-launch-command',
      'launch',
    ]);
  });

  it('follows a script that may have been begun before anything else', () => {
    const crash = { failures: 3, lastAt: NOW };
    expect(nextProcessStep(facts({ step: 1, isBegun: true }, { latch: 'latch.install', crash }))).toMatchObject({
      kind: 'perform',
      step: { name: 'install-command' },
    });
  });

  it('waits for a latch, and for the back-off after failures: the first heals at once', () => {
    expect(nextProcessStep(facts({}, { latch: 'latch.launch' }))).toEqual({ kind: 'wait', for: 'latch.launch' });
    const afterCrashes = (failures: number) => nextProcessStep(facts({ phase: 'launch' }, { crash: { failures, lastAt: NOW } }));
    expect(afterCrashes(1).kind).toBe('perform');
    expect(afterCrashes(2)).toEqual({ kind: 'wait', for: 'back-off after 2 failures', lookAgainAt: NOW + 1_000 });
    expect(afterCrashes(3)).toMatchObject({ lookAgainAt: NOW + 2_000 });
  });

  it('ends what is left before it launches again, and leaves it ended where its restart policy says so', () => {
    expect(nextProcessStep(facts({ phase: 'end' }))).toEqual({ kind: 'end' });
    expect(afterStep({ ...beginProcess(SPEC, null), phase: 'end', runs: 4 }, SPEC, NOW)).toMatchObject({
      phase: 'launch',
      step: 0,
      runs: 4,
    });
    const left = facts({ phase: 'launch' }, { crash: { failures: 1, lastAt: NOW }, isRestarted: false });
    expect(nextProcessStep(left)).toEqual({ kind: 'rest' });
  });

  it('asks only when it is time to', () => {
    expect(nextProcessStep(facts({ phase: 'check' }, { checkAt: NOW + 10 }))).toMatchObject({ kind: 'wait', lookAgainAt: NOW + 10 });
    expect(nextProcessStep(facts({ phase: 'check' }, { checkAt: NOW }))).toEqual({ kind: 'check' });
  });
});

describe('beginProcess', () => {
  const done: ProcessState = { ...beginProcess(SPEC, null), phase: 'check', runs: 9 };

  it('installs again on a machine only where something of the install is another', () => {
    const launched = { ...SPEC, launch: [script('launch')] };
    expect(beginProcess(launched, { spec: SPEC, state: done })).toMatchObject({ phase: 'customize', runs: 9 });
    const installed = { ...SPEC, install: [script('other')] };
    expect(beginProcess(installed, { spec: SPEC, state: done })).toMatchObject({ phase: 'install', runs: 9 });
    expect(beginProcess(launched, { spec: SPEC, state: { ...done, phase: 'install' } }).phase).toBe('install');
  });

  it('begins anew in another container', () => {
    const inContainer = { ...SPEC, place: { ...place, kind: 'container' as const } };
    expect(beginProcess(inContainer, { spec: inContainer, state: done })).toMatchObject({ phase: 'install', runs: 0 });
  });
});

describe('latchesBefore', () => {
  it('are those of the step that comes next', () => {
    expect(latchesBefore({ phase: 'install', step: 0 }, SPEC)).toEqual(['latch.start', 'latch.preInstall.resources']);
    expect(latchesBefore({ phase: 'install', step: 1 }, SPEC)).toContain('latch.install');
    expect(latchesBefore({ phase: 'launch', step: 1 }, SPEC)).toEqual(['latch.launch']);
    expect(latchesBefore({ phase: 'check', step: 0 }, SPEC)).toEqual([]);
  });
});
