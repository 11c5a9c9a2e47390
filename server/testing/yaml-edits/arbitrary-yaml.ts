import fc from 'fast-check';

/** Choices of a generated text: each value and each place where layout is free takes the next number. */
interface Choices {
  below(count: number): number;
  chance(percent: number): boolean;
}

interface Layout {
  readonly step: number;
  readonly listStep: number;
  readonly newline: string;
  readonly comments: boolean;
  readonly anchors: boolean;
  readonly names: string[];
  count: number;
}

/** YAML texts in every layout that people use: block and flow, all quotes, comments, blank lines, anchors, CRLF, no final line break. */
export function yamlTexts(options: { readonly anchors?: boolean } = {}): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(fc.nat(9999), { minLength: 30, maxLength: 220 }),
      fc.constantFrom(1, 2, 2, 2, 4),
      fc.boolean(),
      fc.constantFrom('\n', '\n', '\r\n'),
    )
    .map(([numbers, step, indented, newline]) => {
      const layout = {
        step,
        listStep: indented ? step : 0,
        newline,
        comments: true,
        anchors: options.anchors ?? false,
        names: [],
        count: 0,
      };
      return writeText(toChoices(numbers), layout);
    });
}

export function toChoices(numbers: readonly number[]): Choices {
  let at = 0;
  const next = () => numbers[at++ % numbers.length] ?? 0;
  return {
    below: (count) => (next() + at) % count,
    chance: (percent) => (next() + at) % 100 < percent,
  };
}

function writeText(choices: Choices, layout: Layout): string {
  const lines: string[] = [];
  if (choices.chance(30)) lines.push('# What this text is for', ...(choices.chance(50) ? [''] : []));
  if (choices.chance(10)) lines.push('---');
  const list = choices.chance(20);
  lines.push(...(list ? blockList(0, 0, choices, layout) : blockMap(0, 0, choices, layout)));
  if (choices.chance(15)) lines.push('', '# The end');
  const markers = choices.chance(5);
  if (markers) lines.push('...');
  const text = lines.join(layout.newline);
  // The library misreads a list behind a byte order mark.
  return `${!list && choices.chance(5) ? '\ufeff' : ''}${text}${markers || choices.chance(85) ? layout.newline : ''}`;
}

function blockMap(column: number, depth: number, choices: Choices, layout: Layout): string[] {
  const count = 1 + choices.below(depth === 0 ? 5 : 4);
  const lines: string[] = [];
  const merged = layout.anchors && layout.names.some((name) => name.startsWith('map')) && choices.chance(25);
  if (merged) lines.push(`${pad(column)}<<: *${layout.names.find((name) => name.startsWith('map'))}`);
  for (let index = 0; index < count; index += 1) {
    lines.push(...above(column, choices, layout));
    lines.push(...entry(column, `${KEYS[choices.below(KEYS.length)]}${index}`, depth, choices, layout));
  }
  return lines;
}

function blockList(column: number, depth: number, choices: Choices, layout: Layout): string[] {
  const count = 1 + choices.below(4);
  const lines: string[] = [];
  for (let index = 0; index < count; index += 1) {
    lines.push(...above(column, choices, layout));
    const inner = column + 2;
    if (depth < 4 && choices.chance(40)) {
      const nested = choices.chance(85) ? blockMap(inner, depth + 1, choices, layout) : blockList(inner, depth + 1, choices, layout);
      const start = nested.findIndex((line) => line.trim() !== '' && !line.trim().startsWith('#'));
      if (start === 0) lines.push(`${pad(column)}- ${nested[0]?.slice(inner)}`, ...nested.slice(1));
      else lines.push(`${pad(column)}-${trail(choices, layout)}`, ...nested);
    } else {
      const [inline = '', ...rest] = value(column, depth, choices, layout);
      lines.push(`${pad(column)}-${inline === '' ? '' : ` ${inline}`}`, ...rest);
    }
  }
  return lines;
}

function entry(column: number, name: string, depth: number, choices: Choices, layout: Layout): string[] {
  const key = choices.chance(10) ? `"${name}"` : choices.chance(5) ? `'${name}'` : name;
  if (depth < 4 && choices.chance(depth === 0 ? 60 : 35)) {
    const list = choices.chance(45);
    const anchor = layout.anchors && choices.chance(40) ? `${list ? 'list' : 'map'}${layout.count++}` : null;
    const inner = column + (list ? layout.listStep : layout.step);
    const nested = list ? blockList(inner, depth + 1, choices, layout) : blockMap(inner, depth + 1, choices, layout);
    if (anchor !== null) layout.names.push(anchor);
    return [`${pad(column)}${key}:${anchor === null ? '' : ` &${anchor}`}${trail(choices, layout)}`, ...nested];
  }
  const [inline = '', ...rest] = value(column, depth, choices, layout);
  return [`${pad(column)}${key}:${inline === '' ? '' : ` ${inline}`}`, ...rest];
}

/** What stands behind a key or dash, and the lines below. */
function value(column: number, depth: number, choices: Choices, layout: Layout): string[] {
  const kind = choices.below(12);
  const inner = column + Math.max(2, layout.step);
  if (layout.anchors && layout.names.length > 0 && choices.chance(25)) {
    return [`*${layout.names[choices.below(layout.names.length)]}${trail(choices, layout)}`];
  }
  if (kind === 0) return [choices.chance(30) ? '' : `null${trail(choices, layout)}`];
  if (kind === 1) {
    const header = ['|', '|-', '>', '>-', '|+'][choices.below(5)] ?? '|';
    const body = Array.from({ length: 1 + choices.below(3) }, (_, at) => `${pad(inner)}line ${at} # no comment`);
    const gap = choices.chance(30) ? [''] : [];
    return [`${header}${trail(choices, layout)}`, ...body.slice(0, 1), ...gap, ...body.slice(1), ...(choices.chance(30) ? [''] : [])];
  }
  if (kind === 2 || kind === 3) {
    const wide = choices.chance(30);
    const inside = Array.from({ length: choices.below(4) }, (_, at) =>
      kind === 2 ? flowValue(choices, depth) : `k${at}: ${flowValue(choices, depth)}`,
    );
    const [open, close] = kind === 2 ? ['[', ']'] : ['{', '}'];
    if (!wide || inside.length === 0) {
      const padding = kind === 3 && choices.chance(50) && inside.length > 0 ? ' ' : '';
      return [`${open}${padding}${inside.join(', ')}${padding}${close}${trail(choices, layout)}`];
    }
    const comma = choices.chance(30) ? ',' : '';
    const lines = inside.map((item, at) => `${pad(inner)}${item}${at < inside.length - 1 ? ',' : comma}${trail(choices, layout)}`);
    return [open, ...lines, `${pad(inner)}${close}`];
  }
  if (kind === 4) return [`plain text that goes on`, `${pad(inner)}in a second line`];
  if (kind === 5) return [`"quoted: \\"text\\", that goes on`, `${pad(inner)}in a second line"${trail(choices, layout)}`];
  return [`${SCALARS[choices.below(SCALARS.length)]}${trail(choices, layout)}`];
}

function flowValue(choices: Choices, depth: number): string {
  if (depth < 5 && choices.chance(15)) return `[${FLOW[choices.below(FLOW.length)]}, {a: ${FLOW[choices.below(FLOW.length)]}}]`;
  return FLOW[choices.below(FLOW.length)] ?? '1';
}

function above(column: number, choices: Choices, layout: Layout): string[] {
  const lines: string[] = [];
  if (choices.chance(12)) lines.push('');
  if (layout.comments && choices.chance(15)) lines.push(`${pad(column)}# about the next`);
  if (layout.comments && choices.chance(4)) lines.push(`${pad(column + 2)}# further in`);
  if (choices.chance(4)) lines.push('', '');
  return lines;
}

function trail(choices: Choices, layout: Layout): string {
  return layout.comments && choices.chance(12) ? `${choices.chance(50) ? ' ' : '   '}# why` : '';
}

function pad(column: number): string {
  return ' '.repeat(column);
}

const KEYS = ['name', 'id', 'type', 'brooklyn.config', 'services', 'env', 'with space', '80', 'on', 'x-'];
const SCALARS = [
  '1',
  '010',
  '1.10',
  'true',
  'no',
  'text',
  "'it''s'",
  '"tab\\t"',
  '22:22',
  '$brooklyn:component("db").config("x")',
  '~',
  'a#b',
  '1e3',
  '-x',
];
const FLOW = ['1', 'two', '"three"', "'four'", 'no', '$brooklyn:self()', 'null', '{}', '[]', 'a b'];
