import type { EditOperation, WhenEmpty } from '../../domain/blueprint-edit/edit-operation.ts';
import type { EditValue } from '../../domain/blueprint-edit/written-node.ts';
import type { YamlPath } from '../../domain/blueprint-edit/yaml-path.ts';
import type { toChoices } from './arbitrary-yaml.ts';
import type { Value } from './reference-value.ts';

type Choices = ReturnType<typeof toChoices>;

/** Paths of everything that is written in a text itself, not through an alias or merge. */
export function pathsIn(root: Value, path: YamlPath = []): readonly YamlPath[] {
  if (root.kind === 'list') return [path, ...root.items.flatMap((item, index) => pathsIn(item, [...path, index]))];
  if (root.kind !== 'map') return [path];
  const once = root.entries.filter(([key]) => root.entries.filter(([other]) => other === key).length === 1);
  return [path, ...once.flatMap(([key, value]) => pathsIn(value, [...path, key]))];
}

/** Some operation that could be done on the text, most often one that makes sense. */
export function pickOperation(root: Value, choices: Choices, scalarsOnly = false): EditOperation {
  const paths = pathsIn(root);
  const some = (): YamlPath => paths[choices.below(paths.length)] ?? [];
  const items = paths.filter((path) => path.length > 0);
  const item = (): YamlPath => items[choices.below(items.length)] ?? ['missing'];
  const whenEmpty: WhenEmpty = choices.chance(50) ? 'keep' : 'remove';
  const key = NAMES[choices.below(NAMES.length)] ?? 'fresh';
  const holder = (path: YamlPath): YamlPath => path.slice(0, -1);
  const like = (path: YamlPath): YamlPath => {
    const wanted = typeof path.at(-1);
    const alike = items.filter((other) => typeof other.at(-1) === wanted).map(holder);
    return alike[choices.below(alike.length)] ?? holder(path);
  };
  switch (choices.below(8)) {
    case 0:
    case 1:
      return { kind: 'set', path: item(), value: pickValue(choices, scalarsOnly ? 0 : 2) };
    case 2:
      return {
        kind: 'set',
        path: [...some(), key, ...(choices.chance(30) ? ['below'] : [])],
        value: pickValue(choices, scalarsOnly ? 0 : 2),
      };
    case 3: {
      const path = item();
      const at = choices.chance(50) ? { at: choices.below(3) } : {};
      const named = typeof path.at(-1) === 'string' ? { key } : {};
      return { kind: 'insert', into: choices.chance(80) ? holder(path) : [...some(), key], value: pickValue(choices, 2), ...named, ...at };
    }
    case 4:
      return { kind: 'remove', path: item(), whenEmpty };
    case 5:
      return { kind: 'rename', path: item(), key };
    case 6: {
      const path = item();
      return {
        kind: 'move',
        path,
        into: choices.chance(50) ? holder(path) : like(path),
        whenEmpty,
        ...(choices.chance(60) ? { at: choices.below(4) } : {}),
      };
    }
    default: {
      const path = item();
      const named = typeof path.at(-1) === 'string' ? { key: `${key}-copy` } : {};
      return {
        kind: 'copy',
        path,
        into: choices.chance(60) ? holder(path) : like(path),
        ...named,
        ...(choices.chance(50) ? { at: choices.below(4) } : {}),
      };
    }
  }
}

const NAMES = ['fresh', 'no', '8080', 'a key: with signs', 'brooklyn.config', 'id', "it's", 'null', '$brooklyn:literal'];

function pickValue(choices: Choices, depth: number): EditValue {
  const kind = choices.below(depth > 0 ? 16 : 12);
  if (kind >= 14)
    return Object.fromEntries(Array.from({ length: choices.below(4) }, (_, at) => [NAMES[at] ?? 'k', pickValue(choices, depth - 1)]));
  if (kind >= 12) return Array.from({ length: choices.below(4) }, () => pickValue(choices, depth - 1));
  return VALUES[choices.below(VALUES.length)] ?? null;
}

const VALUES: readonly EditValue[] = [
  'text',
  'no',
  '22:22',
  '010',
  '1e3',
  '',
  ' spaced ',
  'a: b # c',
  "it's",
  'say "hi"',
  '- item',
  '*alias',
  '&anchor',
  '!tag',
  '{brace',
  '[bracket',
  'one\ntwo\n',
  'one\n\ntwo',
  '\nthree\n\n',
  '  led\nby space',
  'tab\there',
  'ends with colon:',
  'C:\\path',
  '\u0000\u2028\ufeff',
  'é😀',
  'null',
  '~',
  '<<',
  '.',
  '---',
  '$brooklyn:formatString("%s: x", component("db").config("y"))',
  1,
  -1.5,
  1e21,
  0,
  true,
  false,
  null,
];
