import { describe, expect, it } from 'vitest';
import { expressionsIn, renameInExpression } from './expressions.ts';

describe('an id in an expression', () => {
  it.each([
    ['$brooklyn:component("db")', '$brooklyn:component("rows")'],
    ['$brooklyn:component("global", "db").config("db")', '$brooklyn:component("global", "rows").config("db")'],
    [
      '$brooklyn:formatString("db %s", component(db).attributeWhenReady("db"))',
      '$brooklyn:formatString("db %s", component("rows").attributeWhenReady("db"))',
    ],
    ['$brooklyn:child("db").descendant("db")', '$brooklyn:child("rows").descendant("rows")'],
    ['$brooklyn:component("db").attributeWhenReady', '$brooklyn:component("rows").attributeWhenReady'],
    ['$brooklyn:component("dbx")', '$brooklyn:component("dbx")'],
    ['$brooklyn:formatString("component(\\"db\\")")', '$brooklyn:formatString("component(\\"db\\")")'],
  ])('%s becomes %s', (text, after) => {
    expect(renameInExpression(text, 'db', 'rows')).toBe(after);
  });

  it('is printed anew where the text cannot be changed in place', () => {
    expect(renameInExpression('$brooklyn:component("d\\u0062")', 'db', 'rows')).toBe('$brooklyn:component("rows")');
  });

  it('is left where nothing can be read', () => {
    expect(renameInExpression('$brooklyn:component(', 'db', 'rows')).toBeNull();
  });
});

describe('the expressions of a value', () => {
  it('are found in texts, lists, maps and keys', () => {
    const value = { a: ['$brooklyn:self()', 'x'], '$brooklyn:formatString': ['%s', '$brooklyn:component("b")'] };
    expect(
      expressionsIn(value, ['top']).map(({ at, written, calls }) => [at.join('/'), written, calls.map(({ name }) => name).join('.')]),
    ).toEqual([
      ['top/a/0', 'value', 'self'],
      ['top/$brooklyn:formatString', 'key', 'formatString'],
      ['top/$brooklyn:formatString/1', 'value', 'component'],
    ]);
  });
});
