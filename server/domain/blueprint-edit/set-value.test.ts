import { describe, expect, it } from 'vitest';
import { editText, yaml } from '../../testing/yaml-edits/edit-text.ts';
import type { EditOperation } from './edit-operation.ts';
import type { EditValue } from './written-node.ts';
import type { YamlPath } from './yaml-path.ts';

const set = (path: YamlPath, value: EditValue): EditOperation => ({ kind: 'set', path, value });

describe('setting a single value', () => {
  it('changes its text alone and leaves comment, spaces and quotes', () => {
    const text = yaml`
      services:
      - type:   docker:redis  # the cache
        id: "cache"   # quoted
        name: 'Cache'
    `;
    expect(
      editText(
        text,
        set(['services', 0, 'type'], 'docker:redis:7.0'),
        set(['services', 0, 'id'], 'store'),
        set(['services', 0, 'name'], "It's"),
      ),
    ).toBe(
      yaml`
        services:
        - type:   docker:redis:7.0  # the cache
          id: "store"   # quoted
          name: 'It''s'
      `,
    );
  });

  it('puts quotes around what some reader would misread, and takes none away', () => {
    expect(editText('a: text\nb: text\nc: "80"\n', set(['a'], 'no'), set(['b'], '22:22'), set(['c'], '81'))).toBe(
      'a: "no"\nb: "22:22"\nc: "81"\n',
    );
  });

  it('writes numbers, true, false and null without quotes', () => {
    expect(editText('a: "1"\nb: x\nc: y\n', set(['a'], 2), set(['b'], true), set(['c'], null))).toBe('a: 2\nb: true\nc: null\n');
  });

  it('changes nothing where the value is that one already, however it is written', () => {
    expect(editText('a: 1.10\nb: 0x10\nc: {d: [1,2]}\n', set(['a'], 1.1), set(['b'], 16), set(['c'], { d: [1, 2] }))).toBe(
      'a: 1.10\nb: 0x10\nc: {d: [1,2]}\n',
    );
  });

  it('fills what is empty, before its comment', () => {
    expect(editText('a: # later\nb:\n-\n', set(['a'], 1))).toBe('a: 1 # later\nb:\n-\n');
    expect(editText('a:\n-\n- # none\n', set(['a', 0], 'x'), set(['a', 1], 'z'))).toBe('a:\n- x\n- z # none\n');
    expect(editText('{a: , b}', set(['a'], 1), set(['b'], 2))).toBe('{a: 1 , b: 2}');
  });

  it('adds a key that is not there at the end of its map, and the maps on the way', () => {
    const text = yaml`
      services:
      - type: a
        # more of a
      - type: b
    `;
    expect(editText(text, set(['services', 0, 'brooklyn.config', 'docker.memory'], '64m'))).toBe(yaml`
      services:
      - type: a
        brooklyn.config:
          docker.memory: 64m
        # more of a
      - type: b
    `);
  });

  it('keeps the kind of line break, the byte order mark and the missing end of the last line', () => {
    expect(editText('\ufeffa: 1\r\nb: 2', set(['c'], { d: 3 }))).toBe('\ufeffa: 1\r\nb: 2\r\nc:\r\n  d: 3');
    expect(editText('a: 1\r\n', set(['a'], 'x\ny\n'))).toBe('a: |\r\n  x\r\n  y\r\n');
  });
});

describe('setting a text of several lines', () => {
  const script = yaml`
    run: |-  # at the start
        echo one
        echo two
    next: 1
  `;

  it('keeps a block scalar, its indentation and its comment', () => {
    expect(editText(script, set(['run'], 'echo one\necho 2\n\necho three'))).toBe(yaml`
      run: |-  # at the start
          echo one
          echo 2

          echo three
      next: 1
    `);
  });

  it('changes how the last line break is written when the text asks for it', () => {
    expect(editText(script, set(['run'], 'echo\n'))).toBe('run: |  # at the start\n    echo\nnext: 1\n');
    expect(editText(script, set(['run'], 'echo\n\n'))).toBe('run: |+  # at the start\n    echo\n\nnext: 1\n');
  });

  it('gives up the block scalar for what it cannot hold', () => {
    expect(editText(script, set(['run'], ''))).toBe('run: ""  # at the start\nnext: 1\n');
    expect(editText(script, set(['run'], ' led by a space\nx'))).toBe('run: " led by a space\\nx"  # at the start\nnext: 1\n');
  });

  it('leaves the lines of a folded text wrapped that do not change', () => {
    const text = 'about: >\n  one two\n  three\n\n  four\n  five\n';
    expect(editText(text, set(['about'], 'one two three\nsix\n'))).toBe('about: >\n  one two\n  three\n\n  six\n');
    expect(editText(text, set(['about'], 'a\n\nb\n'))).toBe('about: >\n  a\n\n\n  b\n');
  });

  it('begins a block scalar where a plain text was, and keeps double quotes', () => {
    expect(editText('a: x # why\nb: "x"\n', set(['a'], 'one\ntwo\n'), set(['b'], 'one\ntwo\n'))).toBe(
      'a: | # why\n  one\n  two\nb: "one\\ntwo\\n"\n',
    );
  });

  it('is written in quotes where a comment below would become part of it', () => {
    expect(editText('a: x\n  # of a\nb: 1\n', set(['a'], 'one\ntwo\n'))).toBe('a: "one\\ntwo\\n"\n  # of a\nb: 1\n');
  });

  it('is written in quotes where blank lines below would become part of it', () => {
    expect(editText('a: |\n  x\n\nb: 1\n', set(['a'], 'one\n\n'))).toBe('a: "one\\n\\n"\n\nb: 1\n');
  });
});

describe('setting a list or map', () => {
  it('writes it as lists and maps are written in the text', () => {
    const indented = 'a:\n    b:\n      - 1\n';
    expect(editText(indented, set(['c'], { d: [1, { e: 2, f: [] }], g: {} }))).toBe(
      'a:\n    b:\n      - 1\nc:\n    d:\n      - 1\n      - e: 2\n        f: []\n    g: {}\n',
    );
    expect(editText('a:\n- 1\n', set(['b'], [[1, 2], 'x']))).toBe('a:\n- 1\nb:\n- - 1\n  - 2\n- x\n');
  });

  it('changes of a map only the keys that differ, with comments and order kept', () => {
    const text = yaml`
      env:
        # first
        A: "1"  # one
        B: 2

        # third
        C: 3
      end: true
    `;
    expect(editText(text, set(['env'], { A: '1', C: 4, D: 'x' }))).toBe(yaml`
      env:
        # first
        A: "1"  # one

        # third
        C: 4
        D: x
      end: true
    `);
  });

  it('changes of a list only what lies between the parts that stay', () => {
    const text = 'l:\n- a # one\n- b\n- c # three\n';
    expect(editText(text, set(['l'], ['a', 'x', 'z', 'c']))).toBe('l:\n- a # one\n- x\n- z\n- c # three\n');
    expect(editText(text, set(['l'], ['a', 'c']))).toBe('l:\n- a # one\n- c # three\n');
  });

  it('stays between brackets where it was', () => {
    expect(editText('ports: [80, 443]  # open\nm: {a: 1}\n', set(['ports'], [80, 8080]), set(['m'], { a: 1, b: 'x, y' }))).toBe(
      'ports: [80, 8080]  # open\nm: {a: 1, b: "x, y"}\n',
    );
  });

  it('takes the place of a single value, and the other way round', () => {
    expect(editText('a: 1 # why\nb: 2\n', set(['a'], { c: 1, d: 2 }))).toBe('a: # why\n  c: 1\n  d: 2\nb: 2\n');
    expect(editText('a: # why\n  c: 1\n  # of d\n  d: 2\nb: 2\n', set(['a'], 'x'))).toBe('a: x # why\nb: 2\n');
    expect(editText('l:\n- a: 1\n  b: 2\n- c\n', set(['l', 0], 'x'), set(['l', 1], { d: 3, e: 4 }))).toBe('l:\n- x\n- d: 3\n  e: 4\n');
  });

  it('is written as [] or {} when it is empty', () => {
    expect(editText('a:\n  b: 1\nc:\n- 1\n', set(['a'], {}), set(['c'], []))).toBe('a: {}\nc: []\n');
  });

  it('goes into what was empty', () => {
    expect(editText('a: {} # none\nb: []\nc:\n', set(['a'], { x: 1 }), set(['b'], ['z']), set(['c', 'd'], 1))).toBe(
      'a: # none\n  x: 1\nb:\n- z\nc:\n  d: 1\n',
    );
  });

  it('is written in JSON where the text is JSON', () => {
    expect(editText('{"a": {"b": "x"}}', set(['a', 'c'], ['no', { d: null }]), set(['a', 'b'], 'y'))).toBe(
      '{"a": {"b": "y", "c": ["no", {"d": null}]}}',
    );
  });
});

describe('an empty text', () => {
  it.each([
    ['', 'name: x\n'],
    ['# A new one\n', '# A new one\nname: x\n'],
    ['---', '---\nname: x'],
    ['---\n...\n', '---\nname: x\n...\n'],
    ['{}', 'name: x'],
    ['null\n', 'name: x\n'],
  ])('%j gets its first key', (text, after) => {
    expect(editText(text, set(['name'], 'x'))).toBe(after);
  });

  it('can be set as a whole', () => {
    expect(editText('', set([], { name: 'x', services: [{ type: 'a' }] }))).toBe('name: x\nservices:\n- type: a\n');
    expect(editText('', set([], 'text'))).toBe('refused: value-invalid');
  });

  it('indents lists as Compose does once services are a map', () => {
    expect(editText('services:\n  web:\n    image: nginx\n', set(['services', 'web', 'ports'], ['80:80']))).toBe(
      'services:\n  web:\n    image: nginx\n    ports:\n      - "80:80"\n',
    );
  });
});

describe('a value is not set', () => {
  it.each<[string, string, EditOperation, string]>([
    ['in a list beyond its end', 'a: [1]', set(['a', 1], 2), 'path-missing'],
    ['at a key of a list', 'a: [1]', set(['a', 'b'], 2), 'wrong-kind'],
    ['below a single value', 'a: 1', set(['a', 'b'], 2), 'wrong-kind'],
    ['at a position in what is not there', 'a: 1', set(['b', 0], 2), 'path-missing'],
    ['at a key that occurs twice', 'a: 1\na: 2', set(['a'], 3), 'key-duplicate'],
    ['at a reserved key', 'a: 1', set(['__proto__'], 3), 'key-invalid'],
    ['with a reserved key in it', 'a: 1', set(['b'], JSON.parse('{"constructor": 1}')), 'key-invalid'],
    ['with a key that is too long', 'a: 1', set(['b'.repeat(501)], 1), 'key-invalid'],
    ['that is no number', 'a: 1', set(['b'], Number.NaN), 'value-invalid'],
    ['that makes the text too large', 'a: 1', set(['b'], 'x'.repeat(2 * 1024 * 1024)), 'too-large'],
    ['in a text that is not YAML', 'a: [', set(['b'], 1), 'not-yaml'],
  ])('%s', (_, text, operation, code) => {
    expect(editText(text, operation)).toBe(`refused: ${code}`);
  });

  it('deeper than a blueprint may be', () => {
    const deep = (levels: number): EditValue => (levels === 0 ? 1 : { a: deep(levels - 1) });
    expect(editText('a: 1\n', set(['b'], deep(70)))).toBe('refused: value-invalid');
    expect(editText('a: 1\n', set(['b', 'c', 'd', 'e', 'f'], deep(62)))).toBe('refused: too-large');
  });
});
