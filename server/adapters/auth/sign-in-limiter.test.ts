import { expect, it } from 'vitest';
import { createSignInLimiter } from './sign-in-limiter.ts';

function limiterAfter(failures: number) {
  let now = 0;
  const limiter = createSignInLimiter({ now: () => now });
  for (let n = 0; n < failures; n += 1) limiter.failed(n % 2 ? 'Root' : ' root');
  const wait = (ms: number) => {
    now += ms;
  };
  return { limiter, wait };
}

it('takes ten failures of an account, then doubles the wait up to a minute', () => {
  expect([9, 10, 11, 13, 40].map((failures) => limiterAfter(failures).limiter.waitMs('root', 'a'))).toEqual([0, 1000, 2000, 8000, 60_000]);
});

it('takes the next attempt after the wait, and forgets after a quarter of an hour', () => {
  const { limiter, wait } = limiterAfter(12);
  wait(4000);
  expect(limiter.waitMs('root', 'a')).toBe(0);
  wait(15 * 60_000);
  limiter.failed('root');
  expect(limiter.waitMs('root', 'a')).toBe(0);
});

it('lets the user in from an address that has proven itself, whatever others try', () => {
  const { limiter } = limiterAfter(0);
  limiter.succeeded('root', 'home');
  for (let n = 0; n < 30; n += 1) limiter.failed('root');
  expect([limiter.waitMs('root', 'home'), limiter.waitMs('root', 'elsewhere')]).toEqual([0, 60_000]);
});

it('keeps a bounded number of names', () => {
  const { limiter } = limiterAfter(11);
  for (let n = 0; n < 10_000; n += 1) limiter.failed(`name-${n}`);
  expect(limiter.waitMs('root', 'a')).toBe(0);
});
