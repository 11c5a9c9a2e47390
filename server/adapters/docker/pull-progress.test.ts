import { describe, expect, it } from 'vitest';
import { isTransferring, nextPullState, type PullMessage, startPull, toTaskProgress } from './pull-progress.ts';

const A = 'aaaaaaaaaaaa';
const B = 'bbbbbbbbbbbb';
const stateAfter = (messages: readonly PullMessage[]) => messages.reduce(nextPullState, startPull('web:1'));
const loading = (id: string, current: number, total: number): PullMessage => ({
  id,
  status: 'Downloading',
  progressDetail: { current, total },
});

describe('isTransferring', () => {
  it('tells waiting for the registry from unpacking', () => {
    expect(isTransferring(stateAfter([]))).toBe(true);
    expect(isTransferring(stateAfter([loading(A, 1, 2), { id: B, status: 'Extracting' }]))).toBe(true);
    expect(
      isTransferring(
        stateAfter([
          { id: A, status: 'Download complete' },
          { id: B, status: 'Extracting' },
        ]),
      ),
    ).toBe(false);
  });
});

describe('nextPullState', () => {
  it('weighs layers by their size', () => {
    const { fraction } = stateAfter([
      { id: B, status: 'Pulling fs layer' },
      loading(B, 0, 100),
      loading(A, 0, 900),
      { id: A, status: 'Pull complete', progressDetail: {} },
    ]);
    expect(fraction).toBeCloseTo(0.9, 5);
  });

  it('counts a layer of unknown size as the average one', () => {
    const { fraction } = stateAfter([{ id: A, status: 'Pulling fs layer' }, { id: B, status: 'Pulling fs layer' }, loading(A, 50, 100)]);
    expect(fraction).toBeCloseTo(0.2, 5);
  });

  it('never goes back', () => {
    const first = stateAfter([loading(A, 100, 100)]);
    expect(nextPullState(first, loading(B, 0, 10_000)).fraction).toBe(first.fraction);
  });

  it('is the same state where nothing moved', () => {
    const state = stateAfter([loading(A, 50, 100)]);
    expect(nextPullState(state, loading(A, 50, 100))).toBe(state);
    expect(nextPullState(state, { status: 'Status: Image is up to date' })).toBe(state);
  });

  it('is done when every layer is there already', () => {
    const state = stateAfter([{ id: A, status: 'Already exists', progressDetail: {} }]);
    expect(toTaskProgress(state)).toMatchObject({ text: 'Pulling web:1: 1 of 1 layers', fraction: 1 });
  });

  it('takes a tag that looks like an id for no layer', () => {
    expect(stateAfter([{ id: 'latest', status: 'Pulling from library/web' }]).layers).toEqual([]);
  });
});
