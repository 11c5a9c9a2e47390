import { describe, expect, it } from 'vitest';
import { entity, facts, instance, NOW, RESOLVED } from '../../testing/entity-facts.ts';
import type { ProcessSpec } from '../software/process-spec.ts';
import { beginProcess, type ProcessState } from '../software/process-state.ts';
import { nextStep } from './next-step.ts';
import type { EntityFacts } from './step-facts.ts';

const place = {
  kind: 'machine',
  baseDir: '/b',
  installDir: '/b/i',
  expandedDir: '/b/i',
  runDir: '/b/r',
  dataDir: '/d',
  pidFile: '/b/r/pid.txt',
} as const;
const PROCESS: ProcessSpec = {
  ...{
    place,
    env: {},
    install: [],
    customize: [],
    launch: [{ name: 'launch', script: 'true' }],
    hasProcess: true,
    check: null,
    stop: null,
  },
  ...{ startTimeoutMs: 120_000, pollMs: 5_000 },
};
const UP: ProcessState = { ...beginProcess(PROCESS, null), phase: 'check', launchedAt: NOW - 120_000, pid: 7 };
const ON_MACHINE = { ...RESOLVED, place: 'machine', exclusive: true } as const;
const MACHINE = { provisioner: 'byon', machine: '10.0.0.1:22' };

function onMachine(state: Partial<ProcessState>, fields: Partial<EntityFacts> = {}, row: Parameters<typeof instance>[1] = {}): EntityFacts {
  const base = instance('running');
  const process = { ...UP, ...state };
  const current = { ...base, spec: { ...base.spec, process: PROCESS }, process, ...row };
  const given = {
    now: NOW,
    spec: PROCESS,
    state: process,
    crash: { failures: 0, lastAt: 0 },
    latch: null,
    isRestarted: true,
    checkAt: NOW + 5_000,
  };
  return facts({ entity: entity({ machine: MACHINE }), instances: [current], desired: ON_MACHINE, process: given, ...fields });
}

describe('nextStep of software', () => {
  it('asks a process that is up again in its time, and a container never', () => {
    expect(nextStep(onMachine({}))).toEqual({ kind: 'nothing', lookAgainAt: NOW + 5_000 });
    expect(nextStep(facts({ instances: [instance('running')] }))).toEqual({ kind: 'nothing' });
  });

  it('goes on with the process while it is not up', () => {
    expect(nextStep(onMachine({ phase: 'launch' }, {}, { ready: false }))).toMatchObject({ kind: 'process', move: { kind: 'perform' } });
  });

  it('reads rewritten files once it runs, and not before', () => {
    const rewritten = { ...ON_MACHINE, liveHash: 'l2' };
    expect(nextStep(onMachine({}, { desired: rewritten }))).toMatchObject({ kind: 'reload' });
    expect(nextStep(onMachine({ phase: 'launch' }, { desired: rewritten }, { ready: false })).kind).toBe('process');
  });

  it('stops the process before another of the same machine is planned, and plans it there', () => {
    const other = { ...ON_MACHINE, specHash: 'h2' };
    expect(nextStep(onMachine({}, { desired: other })).kind).toBe('stop');
    const stopped = onMachine(
      { phase: 'launch' },
      { desired: other, process: null },
      { state: 'exited', ready: false, stoppingSince: NOW },
    );
    expect(nextStep(stopped).kind).toBe('replace');
  });

  it('lets go of its machine to run in a container, and gives it back before it is placed', () => {
    const ended = { state: 'exited', ready: false, stoppingSince: NOW } as const;
    const moved = { ...RESOLVED, specHash: 'h2' };
    expect(nextStep(onMachine({}, { desired: moved, process: null }, ended)).kind).toBe('abandon');
    const free = facts({ entity: entity({ machine: MACHINE, instanceId: null }), desired: moved });
    expect(nextStep(free)).toEqual({ kind: 'release-machine' });
  });

  it('waits for a machine that is away and is not started elsewhere', () => {
    const away = onMachine({}, { hosts: { h: 'lost' } as EntityFacts['hosts'] });
    expect(nextStep(away)).toMatchObject({ kind: 'wait', for: 'host: it is lost' });
  });

  it('gives its machine back once nothing of it is there, and then goes', () => {
    const gone = entity({ goal: 'destroyed', machine: MACHINE, instanceId: null });
    expect(nextStep(facts({ entity: gone }))).toEqual({ kind: 'release-machine' });
    const { machine: _, ...freed } = gone;
    expect(nextStep(facts({ entity: freed }))).toEqual({ kind: 'delete-row' });
  });

  it('is stopped and restarted once its latch is open, and deleted at once', () => {
    const stopped = onMachine({}, { latch: 'latch.stop', entity: entity({ machine: MACHINE, goal: 'stopped' }) });
    expect(nextStep(stopped)).toEqual({ kind: 'wait', for: 'latch.stop' });
    expect(nextStep({ ...stopped, latch: null }).kind).toBe('stop');
    expect(nextStep(onMachine({}, { latch: 'latch.stop', entity: entity({ machine: MACHINE, restartSerial: 1 }) }))).toEqual({
      kind: 'wait',
      for: 'latch.stop',
    });
    expect(nextStep(onMachine({}, { entity: entity({ machine: MACHINE, goal: 'destroyed' }) })).kind).toBe('stop');
  });

  it('waits for the latch of its machine', () => {
    const none = facts({ entity: entity({ instanceId: null }), desired: ON_MACHINE, latch: 'latch.provision' });
    expect(nextStep(none)).toEqual({ kind: 'wait', for: 'latch.provision' });
  });
});
