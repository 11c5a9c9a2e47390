import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from './system-clock.ts';

/** This process does nothing else for so long. */
function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('system clock', () => {
  it('takes an answer that came while the process stood still before the deadline that passed meanwhile', async () => {
    const echo = spawn('cat');
    echo.stdin.write('ready');
    await once(echo.stdout, 'data');
    const first = new Promise<string>((resolve) => {
      createSystemClock().after(30, () => resolve('deadline'));
      echo.stdout.once('data', () => resolve('answer'));
    });
    echo.stdin.write('x');
    standStill(500);
    expect(await first).toBe('answer');
    echo.kill();
  });

  it('calls back no more once it is cancelled, also when it is due already', async () => {
    let called = false;
    const cancel = createSystemClock().after(1, () => {
      called = true;
    });
    setTimeout(cancel, 1);
    standStill(20);
    await sleep(20);
    expect(called).toBe(false);
  });
});
