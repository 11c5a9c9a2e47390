import { describe, expect, it } from 'vitest';
import { toPullQuery, toReference } from './image-reference.ts';

const DIGEST = `web@sha256:${'0'.repeat(64)}`;

describe('toPullQuery', () => {
  it.each([
    ['web', { fromImage: 'web', tag: 'latest' }],
    ['web:1.2', { fromImage: 'web', tag: '1.2' }],
    ['reg.example:5000/team/web', { fromImage: 'reg.example:5000/team/web', tag: 'latest' }],
    ['reg.example:5000/team/web:1.2', { fromImage: 'reg.example:5000/team/web', tag: '1.2' }],
    [DIGEST, { fromImage: DIGEST }],
  ])('names exactly one image for %s', (reference, query) => {
    expect(toPullQuery(reference)).toEqual(query);
  });
});

describe('toReference', () => {
  it.each(['../containers/x', 'web?x=1', 'web json', '', 'a//b', '/web', 'web#x', '-web'])(
    'refuses %j, which would name another path',
    (text) => {
      expect(() => toReference(text)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
    },
  );

  it.each(['web', 'reg.example:5000/a_b/c-d:v1.0', DIGEST])('takes %s', (text) => {
    expect(toReference(text)).toBe(text);
  });
});
