import { describe, expect, it } from 'vitest';
import { editText, editWithNotes, yaml } from '../../testing/yaml-edits/edit-text.ts';
import type { EditOperation } from './edit-operation.ts';
import type { YamlPath } from './yaml-path.ts';

const move = (path: YamlPath, into: YamlPath, at?: number): EditOperation => ({
  kind: 'move',
  path,
  into,
  ...(at === undefined ? {} : { at }),
});
const copy = (path: YamlPath, into: YamlPath, at?: number): EditOperation => ({
  kind: 'copy',
  path,
  into,
  ...(at === undefined ? {} : { at }),
});

const nested = yaml`
  services:
  # A
  - type: a
    id: a  # its id

  # B
  - type: b
    brooklyn.children:
    # C
    - type: c
      run: |
        echo 1

          echo 2
      # end of C
`;

describe('moving an item', () => {
  it('takes its comments along and keeps the blank lines between the others', () => {
    expect(editText(nested, move(['services', 0], ['services'], 1))).toBe(yaml`
      services:
      # B
      - type: b
        brooklyn.children:
        # C
        - type: c
          run: |
            echo 1

              echo 2
          # end of C

      # A
      - type: a
        id: a  # its id
    `);
  });

  it('indents its lines as deep as the new place asks', () => {
    expect(editText(nested, move(['services', 1, 'brooklyn.children', 0], ['services'], 0))).toBe(yaml`
      services:
      # C
      - type: c
        run: |
          echo 1

            echo 2
        # end of C

      # A
      - type: a
        id: a  # its id

      # B
      - type: b
        brooklyn.children: []
    `);
    expect(editText(nested, move(['services', 0], ['services', 1, 'brooklyn.children']))).toBe(yaml`
      services:
      # B
      - type: b
        brooklyn.children:
        # C
        - type: c
          run: |
            echo 1

              echo 2
          # end of C
        # A
        - type: a
          id: a  # its id
    `);
  });

  it('makes the list it goes into, and takes the one it leaves if asked', () => {
    const operation: EditOperation = { ...move(['s', 1, 'c', 0], ['s', 0, 'c']), whenEmpty: 'remove' } as EditOperation;
    expect(editText('s:\n- t: a\n- t: b\n  c:\n  - t: x\n', operation)).toBe('s:\n- t: a\n  c:\n  - t: x\n- t: b\n');
  });

  it('follows the position of a list that moves up', () => {
    expect(editText('s:\n- t: a\n- t: b\n  c: [1]\n', move(['s', 0], ['s', 1, 'c']))).toBe(
      's:\n- t: b\n  c: [1, {t: a}]\n'.replace('{t: a}', '{ t: a }'),
    );
  });

  it('takes a key from one map to another', () => {
    expect(editText('a:\n  x: 1 # one\n  z: 2\nb:\n    q: 3\n', move(['a', 'x'], ['b']))).toBe(
      'a:\n  z: 2\nb:\n    q: 3\n    x: 1 # one\n',
    );
  });

  it('takes the first key behind a dash to the end', () => {
    expect(editText('l:\n- a: 1\n  b: 2\n', move(['l', 0, 'a'], ['l', 0]))).toBe('l:\n- b: 2\n  a: 1\n');
    expect(editText('l:\n- a: 1\n  b: 2\n', move(['l', 0, 'b'], ['l', 0], 0))).toBe('l:\n- b: 2\n  a: 1\n');
  });

  it('works from brackets to lines and back', () => {
    expect(editText('a: [1, {b: 2}]\nc:\n- 3\n', move(['a', 1], ['c']))).toBe('a: [1]\nc:\n- 3\n- {b: 2}\n');
    expect(editText('a: [1]\nc:\n- b: 2\n- 3\n', move(['c', 0], ['a'], 0))).toBe('a: [{ b: 2 }, 1]\nc:\n- 3\n');
    expect(editText('a: {x: 1, "z":2}\nc:\n  d: 3\n', move(['a', 'z'], ['c']))).toBe('a: {x: 1}\nc:\n  d: 3\n  "z": 2\n');
  });

  it('to where it is changes nothing', () => {
    expect(editText(nested, move(['services', 1], ['services']), move(['services', 0], ['services'], 0))).toBe(nested);
  });

  it('keeps a last line without an end', () => {
    expect(editText('l:\n- a\n- b', move(['l', 1], ['l'], 0))).toBe('l:\n- b\n- a');
    expect(editText('l:\n- a\n- b', move(['l', 0], ['l']))).toBe('l:\n- b\n- a');
  });

  it('is refused into itself, between brackets with comments, and where its key is taken', () => {
    expect(editText(nested, move(['services', 1], ['services', 1, 'brooklyn.children']))).toBe('refused: into-itself');
    expect(editText('a: [1]\nc:\n- 3 # why\n- 4\n', move(['c', 0], ['a']))).toBe('refused: would-lose');
    expect(editText('a: {x: 1}\nb: {x: 2}\n', move(['a', 'x'], ['b']))).toBe('refused: key-exists');
    expect(editText('a: {x: 1}\nb: [2]\n', move(['a', 'x'], ['b']))).toBe('refused: wrong-kind');
    expect(editText('a: 1\n', move([], ['a']))).toBe('refused: wrong-kind');
    expect(editText('a: 1\n', move(['b'], ['a']))).toBe('refused: path-missing');
  });
});

describe('copying an item', () => {
  it('copies its comments, to any depth', () => {
    expect(editText(nested, copy(['services', 0], ['services'], 1))).toBe(
      nested.replace('# B', '# A\n- type: a\n  id: a  # its id\n\n# B'),
    );
    expect(editText('a:\n  b:\n  - 1 # one\n', copy(['a', 'b', 0], ['c']))).toBe('a:\n  b:\n  - 1 # one\nc:\n- 1 # one\n');
  });

  it('of a key goes under another key', () => {
    const operation: EditOperation = { kind: 'copy', path: ['services', 'web'], into: ['services'], key: 'web-2' };
    expect(editText('services:\n  # the web\n  web:\n    image: nginx # latest\n', operation)).toBe(
      'services:\n  # the web\n  web:\n    image: nginx # latest\n  # the web\n  web-2:\n    image: nginx # latest\n',
    );
  });

  it('does not define anchors again', () => {
    const text = 'services:\n- &base\n  type: a\n  env: &env {A: 1} # env\n- type: b\n  env: *env\n';
    expect(editWithNotes(text, copy(['services', 0], ['services'], 1))).toEqual({
      text: 'services:\n- &base\n  type: a\n  env: &env {A: 1} # env\n-\n  type: a\n  env: {A: 1} # env\n- type: b\n  env: *env\n',
      told: ['anchors-dropped: The copy does not define “&env”, “&base” again.'],
    });
  });
});
