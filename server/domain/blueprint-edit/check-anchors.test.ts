import { describe, expect, it } from 'vitest';
import { editText, editWithNotes, yaml } from '../../testing/yaml-edits/edit-text.ts';
import type { EditOperation } from './edit-operation.ts';
import type { EditValue } from './written-node.ts';
import type { YamlPath } from './yaml-path.ts';

const set = (path: YamlPath, value: EditValue): EditOperation => ({ kind: 'set', path, value });

const text = yaml`
  base: &base
    memory: 64m
    env: {A: 1}
  one: *base
  two:
    <<: *base
    cpus: 2
`;

describe('a value that comes from an alias', () => {
  it('is overridden where it is used; the anchor stays', () => {
    expect(editWithNotes(text, set(['one', 'memory'], '1g'))).toEqual({
      text: text.replace('one: *base', 'one:\n  <<: *base\n  memory: 1g'),
      told: ['alias-overridden: one repeats “&base”: it now merges that and overrides “memory”; “&base” stays as it is.'],
    });
  });

  it('is copied with the change when the change is further in', () => {
    expect(editText(text, set(['one', 'env', 'B'], 2))).toBe(text.replace('one: *base', 'one:\n  <<: *base\n  env:\n    A: 1\n    B: 2'));
  });

  it('is replaced when it is set as a whole', () => {
    expect(editWithNotes('a: &a 1\nb: *a # why\n', set(['b'], 2))).toEqual({
      text: 'a: &a 1\nb: 2 # why\n',
      told: ['alias-replaced: b was “*a” and now has its own value; “&a” stays as it is.'],
    });
  });

  it('stays an alias when it is set to what it is', () => {
    expect(editText(text, set(['one'], { memory: '64m', env: { A: 1 } }))).toBe(text);
  });

  it.each<[string, EditOperation]>([
    ['removed', { kind: 'remove', path: ['one', 'memory'] }],
    ['renamed', { kind: 'rename', path: ['one', 'memory'], key: 'm' }],
    ['moved', { kind: 'move', path: ['one', 'memory'], into: [] }],
    ['copied', { kind: 'copy', path: ['one', 'memory'], into: [] }],
    ['added to', { kind: 'insert', into: ['one'], key: 'x', value: 1 }],
  ])('is not %s there', (_, operation) => {
    expect(editText(text, operation)).toBe('refused: inside-alias');
  });

  it('is not changed within a list that is repeated, and the refusal says where it is written', () => {
    const { text: after, told } = editWithNotes('a: &l [1, 2]\nb: *l\n', set(['b', 0], 3));
    expect(after).toBe('refused: inside-alias');
    expect(told).toEqual([
      'b[0] is inside “*l”: it is written where “&l” stands (a). Edit it there, or set b as a whole to give this place its own value.',
    ]);
  });
});

describe('a value that comes from a merge', () => {
  it('is overridden where it is merged', () => {
    expect(editWithNotes(text, set(['two', 'memory'], '1g'))).toEqual({
      text: `${text}  memory: 1g\n`,
      told: ['merge-overridden: “memory” came from “<<”: it is now written in two itself and overrides what is merged.'],
    });
  });

  it('is copied with the change when the change is further in', () => {
    expect(editText(text, set(['two', 'env', 'A'], 2))).toBe(`${text}  env:\n    A: 2\n`);
  });

  it('stays merged when the map is set to the same but for other keys', () => {
    expect(editText(text, set(['two'], { memory: '64m', env: { A: 1 }, cpus: 3 }))).toBe(text.replace('cpus: 2', 'cpus: 3'));
  });

  it('is written out when the map is set without one of the merged keys', () => {
    expect(editText(text, set(['two'], { memory: '64m', cpus: 2 }))).toBe(text.replace('<<: *base\n  cpus: 2', 'memory: 64m\n  cpus: 2'));
  });

  it('is not removed, renamed or moved', () => {
    expect(editText(text, { kind: 'remove', path: ['two', 'memory'] })).toBe('refused: from-merge');
    expect(editText(text, { kind: 'rename', path: ['two', 'memory'], key: 'm' })).toBe('refused: from-merge');
    expect(editText(text, { kind: 'move', path: ['two', 'memory'], into: [] })).toBe('refused: from-merge');
  });

  it('the key “<<” itself is none that could be set: one in quotes is added', () => {
    expect(editText('a: {b: 1}\n', set(['a', '<<'], 2))).toBe('a: {b: 1, "<<": 2}\n');
  });
});

describe('an anchor', () => {
  it('stays on a value that is set, and those who repeat it are named', () => {
    expect(editWithNotes('a: &a 1 # one\nb: *a\nc: [*a]\n', set(['a'], 2))).toEqual({
      text: 'a: &a 2 # one\nb: *a\nc: [*a]\n',
      told: ['anchor-shared: “&a” is repeated by b, c[0]: that changes as well.'],
    });
    expect(editText('a: &a\n  x: 1\nb: *a\n', set(['a'], 2))).toBe('a: &a 2\nb: *a\n');
    expect(editText('a: &a 1\nb: *a\n', set(['a'], { x: 1 }))).toBe('a: &a\n  x: 1\nb: *a\n');
  });

  it('further in is told of as well when its value changes', () => {
    expect(editWithNotes('m:\n  a: &a 1\n  b: 2\nc: *a\n', set(['m'], { a: 3, b: 2 })).told).toEqual([
      'anchor-shared: “&a” is repeated by c: that changes as well.',
    ]);
    expect(editWithNotes('m:\n  a: &a 1\n  b: 2\nc: *a\n', set(['m'], { a: 1, b: 3 })).told).toEqual([]);
  });

  it('is not removed while an alias repeats it', () => {
    expect(editWithNotes(text, { kind: 'remove', path: ['base'] })).toEqual({
      text: 'refused: anchor-in-use',
      told: ['After this edit an alias would be broken: “*base” names no anchor defined before it. Change the alias first.'],
    });
    expect(editText('a: &a 1\n', { kind: 'remove', path: ['a'] })).toBe('{}\n');
  });

  it('is not moved behind what repeats it, but before it', () => {
    expect(editText('x: 0\na: &a 1\nb: *a\n', { kind: 'move', path: ['a'], into: [] })).toBe('refused: anchor-in-use');
    expect(editText('x: 0\na: &a 1\nb: *a\n', { kind: 'move', path: ['a'], into: [], at: 0 })).toBe('a: &a 1\nx: 0\nb: *a\n');
  });

  it('is not put inside what repeats it', () => {
    expect(editText('a: &a {x: 1}\nb: {c: *a}\n', { kind: 'move', path: ['b'], into: ['a'] })).toBe('refused: anchor-in-use');
  });

  it('that is defined more than once is left to people', () => {
    const twice = 'a: &a 1\nb: *a\nc: &a 2\nd: *a\n';
    expect(editText(twice, { kind: 'remove', path: ['c'] })).toBe('refused: anchor-in-use');
    expect(editText(twice, { kind: 'move', path: ['d'], into: [], at: 0 })).toBe('refused: anchor-in-use');
    expect(editText(twice, set(['b'], 3))).toBe('a: &a 1\nb: 3\nc: &a 2\nd: *a\n');
  });

  it('is refused between brackets when what has it is moved there', () => {
    expect(editText('a: [1]\nb:\n- &x [2]\n- *x\n', { kind: 'move', path: ['b', 0], into: ['a'] })).toBe('refused: would-lose');
  });
});
