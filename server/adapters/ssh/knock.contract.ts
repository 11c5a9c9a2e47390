import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, type RealSshd, startRealSshd } from '../../testing/real-sshd.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { knock } from './knock.ts';

const clock = createSystemClock();
let sshd: RealSshd;

beforeAll(async () => {
  sshd = await startRealSshd();
});
afterAll(async () => {
  await sshd.stop();
});

describe('a knock at a machine', () => {
  it('is answered where sshd listens, and where nobody does: the machine is there', async () => {
    expect(await knock(sshd.target, clock, 5_000)).toBe(true);
    expect(await knock({ ...sshd.target, port: await freePort() }, clock, 5_000)).toBe(true);
  });

  it('says nothing of a machine whose name nobody knows', async () => {
    expect(await knock({ address: 'no-such-host.invalid', port: 22 }, clock, 5_000)).toBeNull();
  });
});
