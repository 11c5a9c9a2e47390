import { expect, it } from 'vitest';
import { memberHue } from './member-hue.ts';

it('tells members of one cluster apart, and gives each the same colour everywhere', () => {
  const members = [1, 2, 3, 4, 5, 6].map((slot) => memberHue(`Web server-${slot}`));
  expect(new Set(members).size).toBe(6);
  expect(memberHue('Database')).toBe(memberHue('Database'));
});
