import { expect, it } from 'vitest';
import { toNextPath } from './next-path.ts';

it('goes back to where one was', () => {
  expect(toNextPath('/hosts?filter=rack')).toBe('/hosts?filter=rack');
});

it('never leads to another site', () => {
  const attacks = ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '', null];
  expect(attacks.map(toNextPath)).toEqual(attacks.map(() => '/applications'));
});
