import { beforeEach, expect, it } from 'vitest';
import { writeDraft } from '@/components/blueprints/use-blueprint-draft.ts';
import { draftedGeneration, draftKey } from './use-update-draft.ts';

beforeEach(() => localStorage.clear());

it('goes on with a draft that was overtaken while nobody looked', () => {
  expect(draftedGeneration('shop', 4)).toBe(4);
  writeDraft(draftKey('other', 3), { text: 'other' });
  expect(draftedGeneration('shop', 4)).toBe(4);
  writeDraft(draftKey('shop', 2), { text: 'mine' });
  expect(draftedGeneration('shop', 4)).toBe(2);
  writeDraft(draftKey('shop', 4), { text: 'newer' });
  expect(draftedGeneration('shop', 4)).toBe(4);
});
