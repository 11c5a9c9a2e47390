import { expect, it } from 'vitest';
import { createManualClock } from '../../adapters/simulated/manual-clock.ts';
import { createHostCounters } from './host-counters.ts';
import { createHostPulse } from './host-pulse.ts';

it('tells when a host was heard, no later than it was, and nothing of one that never was', async () => {
  const clock = createManualClock();
  const heard: number[] = [];
  let heardAt = 0;
  const pulse = createHostPulse({
    clock,
    counters: createHostCounters(),
    knocker: { isGone: false, watch: () => undefined },
    engine: {
      get heardAt() {
        return heardAt;
      },
      ping: () => new Promise(() => undefined),
    },
    isUp: () => false,
    onHeard: (at) => heard.push(at),
    onFailure: () => undefined,
    onRecovery: () => undefined,
    onSilence: () => undefined,
    askShell: () => Promise.reject(new Error('away')),
  });
  pulse.start();
  await clock.advance(2_000);
  expect(heard).toEqual([]);
  const first = clock.now();
  pulse.heard();
  await clock.advance(1_100);
  heardAt = clock.now();
  await clock.advance(2_000);
  pulse.stop();
  expect(heard).toEqual([first, heardAt]);
});
