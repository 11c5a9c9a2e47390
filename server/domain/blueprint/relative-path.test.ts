import { expect, it } from 'vitest';
import { beside, relativeTo } from './relative-path.ts';

it('finds a file beside another', () => {
  expect(beside('Definitions/a.yaml', '../Scripts/b.sh')).toBe('Scripts/b.sh');
  expect(beside('a.yaml', './b.sh')).toBe('b.sh');
  expect(beside('../types/a.yaml', '../x/b.sh')).toBe('../x/b.sh');
  expect(beside('a.yaml', '../../b.sh')).toBe('../../b.sh');
});

it('names a file as another one would', () => {
  expect(relativeTo('Definitions/a.yaml', 'Scripts/b.sh')).toBe('../Scripts/b.sh');
  expect(relativeTo('a.yaml', 'Scripts/b.sh')).toBe('Scripts/b.sh');
  expect(relativeTo('d/e/a.yaml', 'd/b.yaml')).toBe('../b.yaml');
  expect(relativeTo('d/a.yaml', 'd/b.yaml')).toBe('b.yaml');
});
