import fc from 'fast-check';

/** Changes of a text’s bytes, as a broken editor, a cut connection or somebody who means harm would make them. */
export type Mutation =
  | { readonly kind: 'set'; readonly at: number; readonly byte: number }
  | { readonly kind: 'remove'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly text: string }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: 'move'; readonly at: number; readonly length: number; readonly to: number }
  | { readonly kind: 'cut'; readonly at: number };

/** What YAML, Compose, TOSCA, the DSL, shells and JavaScript give a meaning. */
const PIECES: readonly string[] = [
  ...[' ', '  ', '\n', '\r\n', '\t', '\n\n  ', ':', ': ', '- ', '? ', '#', ' #', ',', '[', ']', '{', '}', '"', "'", '\\', '|\n', '>-\n'],
  ...[
    '&a ',
    '*a',
    '<<: *a\n',
    '!reset ',
    '!!str ',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '\0',
    '\u001b',
    '\ufeff',
    '\u2028',
    '\u202e',
    '\ud83d\ude80',
  ],
  ...['null', '~', 'no', '22:22', '010', '1e3', '.inf', '-1', '99999999999999999999', '0x1F', '[]', '{}', '""', 'true'],
  ...[
    '$',
    '$$',
    '${',
    '${A',
    '${A:-',
    '}',
    '$brooklyn:',
    '$brooklyn:self()',
    '$brooklyn:component("',
    '").config("',
    ')',
    '("',
    '__proto__: ',
  ],
  ...[
    'services:\n',
    '- type: ',
    'docker:',
    'image: ',
    'brooklyn.config:\n',
    'brooklyn.catalog:\n',
    'memberSpec: ',
    'location: ',
    'id: ',
    'name: ',
  ],
  ...[
    '../',
    '/etc/passwd',
    'file:',
    'http://',
    '%s',
    '{{',
    '{ get_input: a }',
    '{ get_property: [SELF, a] }',
    'derived_from: ',
    '--privileged ',
    '-v /:/h ',
  ],
];

const at = fc.nat({ max: 1_000_000 });
const length = fc.nat({ max: 60 });

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('set' as const), at, byte: fc.nat({ max: 255 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), at, length }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      at,
      text: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), at, length, times: fc.integer({ min: 2, max: 200 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), at, length, to: at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), at }) },
);

/** The bytes after all changes, in order; places beyond the end count from the beginning again. */
export function mutate(bytes: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
  return mutations.reduce(apply, bytes);
}

function apply(bytes: Uint8Array, change: Mutation): Uint8Array {
  const from = change.at % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, from), bytes.subarray(from)];
  switch (change.kind) {
    case 'set':
      return Buffer.concat([before, Uint8Array.of(change.byte), after.subarray(1)]);
    case 'remove':
      return Buffer.concat([before, after.subarray(change.length)]);
    case 'insert':
      return Buffer.concat([before, Buffer.from(change.text), after]);
    case 'repeat':
      return Buffer.concat([before, ...Array<Uint8Array>(change.times).fill(after.subarray(0, change.length)), after]);
    case 'move': {
      const rest = Buffer.concat([before, after.subarray(change.length)]);
      const to = change.to % (rest.length + 1);
      return Buffer.concat([rest.subarray(0, to), after.subarray(0, change.length), rest.subarray(to)]);
    }
    case 'cut':
      return before;
  }
}
