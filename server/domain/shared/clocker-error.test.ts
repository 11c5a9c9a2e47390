import { expect, it } from 'vitest';
import { inWordsTriedAgain } from './clocker-error.ts';

it.each([
  [{ message: 'No such image' }, 'No such image.'],
  [{ message: 'No such image.', hint: 'Check its name' }, 'No such image. Check its name.'],
  [{ message: 'The build failed', hint: 'Mend it. It is tried again, each time later.' }, 'The build failed. Mend it.'],
  [{ message: 'No secret', hint: 'It is tried again.' }, 'No secret.'],
])('says once that it is tried again: %j', (error, words) => {
  expect(inWordsTriedAgain(error)).toBe(`${words} It is tried again by itself, each time later, at least once a minute.`);
});
