import { expect, it } from 'vitest';
import { createUlids } from './ulid.ts';

it('makes 26 characters that begin with the time', () => {
  expect(createUlids({ now: () => 1469918176385 }).next()).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
});

it('grows in one millisecond and when the clock steps back', () => {
  let now = 1000;
  const ids = createUlids({ now: () => now });
  const made = Array.from({ length: 20_000 }, (_, at) => {
    if (at === 10_000) now = 1;
    return ids.next();
  });
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
});
