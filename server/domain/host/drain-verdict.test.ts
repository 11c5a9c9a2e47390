import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DrainFacts, drainVerdict } from './drain-verdict.ts';

const PLAIN: DrainFacts = { goal: 'running', hasData: false, hasSnapshot: false, tiedToData: null, isJob: false, end: null };

it('lets go what has no data, and says what becomes of it', () => {
  expect(drainVerdict(PLAIN)).toEqual({ leaves: true, how: 'starts elsewhere, then stops here' });
  expect(drainVerdict({ ...PLAIN, goal: 'stopped' })).toMatchObject({ leaves: true, how: expect.stringContaining('made elsewhere') });
});

it.each([
  [{ hasData: true }, 'its data'],
  [{ hasSnapshot: true }, 'only this host has'],
  [{ tiedToData: 'Database, by network back' }, 'data of Database'],
  [{ isJob: true }, 'to its end'],
  [{ isJob: true, end: 'completed' as const }, 'has ended'],
])('keeps %j, and says why', (facts, why) => {
  expect(drainVerdict({ ...PLAIN, ...facts })).toEqual({ leaves: false, why: expect.stringContaining(why) });
});

it('never moves what has data, whatever else holds', () => {
  const facts = fc.record<DrainFacts>({
    goal: fc.constantFrom('running', 'stopped'),
    hasData: fc.constant(true),
    hasSnapshot: fc.boolean(),
    tiedToData: fc.option(fc.string()),
    isJob: fc.boolean(),
    end: fc.constantFrom(null, 'completed', 'failed'),
  });
  fc.assert(fc.property(facts, (one) => !drainVerdict(one).leaves));
});
