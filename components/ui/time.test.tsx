import { act, cleanup, render, screen } from '@testing-library/react';
import { Tooltip } from 'radix-ui';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Time } from './time.tsx';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('counts on while it is on the screen', () => {
  render(
    <Tooltip.Provider>
      <Time at={999_990_000} />
      <Time at={999_940_000} />
    </Tooltip.Provider>,
  );
  expect(screen.getByText('10 s ago')).toBeDefined();
  act(() => vi.advanceTimersByTime(5_000));
  expect(screen.getByText('15 s ago')).toBeDefined();
  expect(screen.getByText('1m ago')).toBeDefined();
});
