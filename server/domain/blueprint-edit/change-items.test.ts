import { describe, expect, it } from 'vitest';
import { editText, yaml } from '../../testing/yaml-edits/edit-text.ts';
import type { EditOperation, WhenEmpty } from './edit-operation.ts';
import type { EditValue } from './written-node.ts';
import type { YamlPath } from './yaml-path.ts';

const add = (into: YamlPath, value: EditValue, at?: number): EditOperation => ({
  kind: 'insert',
  into,
  value,
  ...(at === undefined ? {} : { at }),
});
const addKey = (into: YamlPath, key: string, value: EditValue, at?: number): EditOperation =>
  ({ ...add(into, value, at), kind: 'insert', key }) as EditOperation;
const remove = (path: YamlPath, whenEmpty: WhenEmpty = 'keep'): EditOperation => ({ kind: 'remove', path, whenEmpty });
const rename = (path: YamlPath, key: string): EditOperation => ({ kind: 'rename', path, key });

const shop = yaml`
  # The shop

  services:
  # in front
  - type: haproxy
    id: lb

  # behind
  - type: docker:php
    id: web
    # the last word on web

  - type: mariadb
    id: db  # rows
  # - type: docker:redis

  brooklyn.policies: []
`;

describe('adding an item', () => {
  it('puts it after the last with its comments, parted as the others are', () => {
    expect(editText(shop, add(['services'], { type: 'docker:redis' }))).toBe(
      shop.replace('  id: db  # rows\n', '  id: db  # rows\n\n- type: docker:redis\n'),
    );
  });

  it('puts it between two, above the comment of the next', () => {
    expect(editText(shop, add(['services'], { type: 'x' }, 1))).toBe(shop.replace('# behind', '- type: x\n\n# behind'));
  });

  it('puts it first, above the comment of the first', () => {
    expect(editText(shop, add(['services'], { type: 'x' }, 0))).toBe(shop.replace('# in front', '- type: x\n\n# in front'));
  });

  it('puts it first behind a dash', () => {
    expect(editText('l:\n- b: 1 # one\n  c: 2\n', addKey(['l', 0], 'a', 0, 0))).toBe('l:\n- a: 0\n  b: 1 # one\n  c: 2\n');
  });

  it('leaves the comment at the top of the text at the top', () => {
    expect(editText('# About all\nname: x\n', addKey([], 'id', 'y', 0))).toBe('# About all\nid: "y"\nname: x\n');
    expect(editText('# About all\n\n# The name\nname: x\n', addKey([], 'id', 'i', 0))).toBe('# About all\n\nid: i\n# The name\nname: x\n');
  });

  it('makes the list or map that is not there', () => {
    expect(editText('services:\n- type: a\n', add(['services', 0, 'brooklyn.children'], { type: 'b' }))).toBe(
      'services:\n- type: a\n  brooklyn.children:\n  - type: b\n',
    );
    expect(editText('', add(['services'], { type: 'a' }))).toBe('services:\n- type: a\n');
    expect(editText('services: # none yet\n', add(['services'], { type: 'a' }))).toBe('services: # none yet\n- type: a\n');
    expect(editText('{a: }', add(['a'], 1), addKey(['b'], 'c', 2))).toBe('{a: [1], b: {c: 2} }');
  });

  it('goes on in the last line when that has no end', () => {
    expect(editText('services:\n- type: a', add(['services'], { type: 'b' }))).toBe('services:\n- type: a\n- type: b');
  });

  it('does not add blank lines to a block scalar that would keep them', () => {
    expect(editText('a: |+\n  x\n\nb: |+\n  x\n\n', addKey([], 'c', 1))).toBe('a: |+\n  x\n\nb: |+\n  x\n\nc: 1\n');
  });

  it('is refused where the key is there, or the kind is another', () => {
    expect(editText('a: 1\n', addKey([], 'a', 2))).toBe('refused: key-exists');
    expect(editText('a: [1]\n', addKey(['a'], 'b', 2))).toBe('refused: wrong-kind');
    expect(editText('a: {b: 1}\n', add(['a'], 2))).toBe('refused: wrong-kind');
    expect(editText('a: 1\n', add(['a'], 2))).toBe('refused: wrong-kind');
    expect(editText('a: [b: 1]\n', addKey(['a', 0], 'c', 2))).toBe('refused: layout');
  });
});

describe('adding an item between brackets', () => {
  it.each([
    ['[a, b]', 1, '[a, new, b]'],
    ['[a, b]', 0, '[new, a, b]'],
    ['[a, b]', 2, '[a, b, new]'],
    ['[a, b,]', 2, '[a, b, new,]'],
    ['[]', 0, '[new]'],
    ['[ ]', 0, '[new]'],
  ])('%s at %i', (list, at, after) => {
    expect(editText(`l: ${list} # why\n`, add(['l'], 'new', at))).toBe(
      `l: ${list === '[]' || list === '[ ]' ? '# why\n- new' : `${after} # why`}\n`,
    );
    expect(editText(`{l: ${list}}`, add(['l'], 'new', at))).toBe(`{l: ${after}}`);
  });

  it('pads braces as the text does', () => {
    expect(editText('a: {b: {}}\n', addKey(['a', 'b'], 'c', 1))).toBe('a: {b: {c: 1}}\n');
    expect(editText('a: { b: {} }\n', addKey(['a', 'b'], 'c', 1))).toBe('a: { b: { c: 1 } }\n');
  });

  const wide = yaml`
    l: [
      a,  # one
      # about b
      b  # two
    ]
  `;

  it('gives it a line of its own where the others have one', () => {
    expect(editText(wide, add(['l'], 'z'))).toBe(wide.replace('  b  # two\n', '  b,  # two\n  z\n'));
    expect(editText(wide, add(['l'], 'z', 1))).toBe(wide.replace('  # about b', '  z,\n  # about b'));
    expect(editText(wide, add(['l'], 'z', 0))).toBe(wide.replace('  a,', '  z,\n  a,'));
    expect(editText('l: [\n  a,\n]\n', add(['l'], 'z'))).toBe('l: [\n  a,\n  z,\n]\n');
  });
});

describe('removing an item', () => {
  it('takes its comments and the blank lines that would be left over', () => {
    expect(editText(shop, remove(['services', 0]))).toBe(shop.replace('# in front\n- type: haproxy\n  id: lb\n\n', ''));
    expect(editText(shop, remove(['services', 1]))).toBe(
      shop.replace('\n# behind\n- type: docker:php\n  id: web\n  # the last word on web\n', ''),
    );
    expect(editText(shop, remove(['services', 2]))).toBe(shop.replace('\n- type: mariadb\n  id: db  # rows\n', ''));
  });

  it('leaves what a blank line parts from it', () => {
    expect(editText('a: 1\n\n# of many\n\n# of b\nb: 2\nc: 3\n', remove(['b']))).toBe('a: 1\n\n# of many\n\nc: 3\n');
  });

  it('closes up behind a dash', () => {
    expect(editText('l:\n- a: 1\n  b: 2\n- - 1\n  - 2\n', remove(['l', 0, 'a']), remove(['l', 1, 0]))).toBe('l:\n- b: 2\n- - 2\n');
    expect(editText('l:\n- a: 1 # one\n  # two\n  b: 2\n', remove(['l', 0, 'a']))).toBe('l:\n-\n  # two\n  b: 2\n');
  });

  it('leaves [] or {} of the last one, or takes what held it as well', () => {
    const text = 'services:\n- type: a\n  # config\n  brooklyn.config:\n    x: 1 # one\n';
    const path = ['services', 0, 'brooklyn.config', 'x'];
    expect(editText(text, remove(path))).toBe('services:\n- type: a\n  # config\n  brooklyn.config: {}\n');
    expect(editText(text, remove(path, 'remove'))).toBe('services:\n- type: a\n');
    expect(editText('services: # all\n- type: a\n', remove(['services', 0]))).toBe('services: [] # all\n');
    expect(editText('services:\n- type: a\n', remove(['services', 0], 'remove'))).toBe('{}\n');
  });

  it('keeps a last line without an end', () => {
    expect(editText('a: 1\r\n\r\nb: 2', remove(['b']))).toBe('a: 1');
  });

  it('does not give blank lines to a block scalar that would keep them', () => {
    expect(editText('a: |+\n  x\nb: 1\n\nc: 2\n', remove(['b']))).toBe('a: |+\n  x\nc: 2\n');
  });

  it.each([
    ['[a, b, c]', 0, '[b, c]'],
    ['[a, b, c]', 1, '[a, c]'],
    ['[a, b, c]', 2, '[a, b]'],
    ['[a, b,]', 1, '[a,]'],
    ['[ a ]', 0, '[]'],
    ['[a, # one\n    b]', 0, '[\n    b]'],
    ['[a, # one\n    b]', 1, '[a # one\n    ]'],
  ])('%j without item %i', (list, index, after) => {
    expect(editText(`l: ${list}\n`, remove(['l', index]))).toBe(`l: ${after}\n`);
  });

  it('takes the lines of its own between brackets', () => {
    const text = 'l: [\n  a, # one\n  # two\n  b, # two\n  c # three\n]\n';
    expect(editText(text, remove(['l', 1]))).toBe('l: [\n  a, # one\n  c # three\n]\n');
    expect(editText(text, remove(['l', 2]))).toBe('l: [\n  a, # one\n  # two\n  b # two\n]\n');
  });

  it('is refused for the whole text and for what is not there', () => {
    expect(editText('a: 1\n', remove([]))).toBe('refused: wrong-kind');
    expect(editText('a: 1\n', remove(['b']))).toBe('refused: path-missing');
  });
});

describe('renaming a key', () => {
  it('changes the key alone, in its quotes', () => {
    expect(editText('a  : 1 # one\n"b":\n  c: 2\n', rename(['a'], 'z'), rename(['b'], 'no'))).toBe('z  : 1 # one\n"no":\n  c: 2\n');
    expect(editText('{"a":1}', rename(['a'], 'b'))).toBe('{"b":1}');
    expect(editText('on: 1\n', rename(['on'], 'off'))).toBe('"off": 1\n');
  });

  it('is refused for a key that is there, a reserved one, and where there is none', () => {
    expect(editText('a: 1\nb: 2\n', rename(['a'], 'b'))).toBe('refused: key-exists');
    expect(editText('a: 1\n', rename(['a'], 'constructor'))).toBe('refused: key-invalid');
    expect(editText('a: [1]\n', rename(['a', 0], 'b'))).toBe('refused: wrong-kind');
    expect(editText('a: 1\n', rename(['b'], 'c'))).toBe('refused: path-missing');
  });
});
