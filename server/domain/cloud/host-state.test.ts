import { describe, expect, it } from 'vitest';
import { entity } from '../../testing/entity-facts.ts';
import { aHost } from '../../testing/records.ts';
import type { Host } from '../entity/host.ts';
import { machineState } from './host-state.ts';

const TEN_MINUTES = 600_000;

function stateOf(
  host: Partial<Host> | undefined,
  { now = 1_000, problems = {} }: { now?: number; problems?: Record<string, string> } = {},
) {
  const known = host && { ...aHost({ id: 'h', name: 'docker-1' }), createdAt: 0, facts: null, ...host };
  return machineState({ entity: entity({ problems }), host: known, startTimeoutMs: TEN_MINUTES, now });
}

describe('machineState', () => {
  it('starts while there is no machine yet, and burns with what went wrong in getting one', () => {
    expect(stateOf(undefined)).toMatchObject({ actual: 'STARTING', isUp: false });
    expect(stateOf(undefined, { problems: { machine: 'No machine is left' } })).toMatchObject({ actual: 'ON_FIRE' });
  });

  it('runs once its host is ready', () => {
    expect(stateOf({ state: 'ready' })).toEqual({ actual: 'RUNNING', isUp: true, notUpIndicators: {}, problems: {} });
  });

  it('starts while it is set up, and burns when that failed or takes too long', () => {
    const refused = { state: 'refused', reason: 'no Docker Engine' } as const;
    const wanted = { state: 'wanted', taskId: null, problem: null } as const;
    expect(stateOf({ ...refused, setUp: wanted }).actual).toBe('STARTING');
    expect(stateOf({ ...refused, setUp: wanted }, { now: TEN_MINUTES }).problems).toEqual({ host: 'no Docker Engine' });
    const failed = { state: 'failed', taskId: null, problem: 'apt-get failed' } as const;
    expect(stateOf({ ...refused, setUp: failed }).problems).toEqual({ host: 'apt-get failed' });
  });

  it('asks for a person at once where nobody has confirmed its key', () => {
    const host = { state: 'refused', reason: 'nobody has confirmed', hostKey: { type: '', fingerprint: '' } } as const;
    expect(stateOf({ ...host, setUp: { state: 'wanted', taskId: null, problem: null } })).toMatchObject({ actual: 'ON_FIRE' });
  });

  it('has its start timeout for the first contact, and none afterwards', () => {
    const silent = { state: 'unreachable', reason: 'no answer' } as const;
    expect(stateOf(silent).actual).toBe('STARTING');
    expect(stateOf(silent, { now: TEN_MINUTES }).actual).toBe('ON_FIRE');
  });
});
