import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, type Scalar } from 'yaml';
import { createFindings } from './findings.ts';
import { parseDsl } from './parse-dsl.ts';
import { readYaml } from './read-yaml.ts';
import { locateIn, valueOffsets } from './scalar-offsets.ts';
import type { SourceScalar } from './source-node.ts';

/** The scalar at `a:` of a document, and how to find places in it. */
function scalarIn(text: string): { readonly scalar: SourceScalar; readonly cut: (start: number, end: number) => string } {
  const findings = createFindings({ text });
  const root = readYaml(text, findings);
  const scalar = root?.kind === 'map' ? root.entries.get('a')?.value : undefined;
  if (scalar?.kind !== 'scalar') throw new Error('no scalar');
  const locate = locateIn(scalar, findings);
  const cut = (start: number, end: number) => {
    const range = locate(start, end);
    return text.slice(range.start, range.end);
  };
  return { scalar, cut };
}

/** What stands in the file for the second argument of the first call. */
function secondArgument(text: string): string {
  const { scalar, cut } = scalarIn(text);
  const parsed = parseDsl(String(scalar.value));
  const range = parsed.ok ? parsed.tree.calls[0]?.args[1]?.range : undefined;
  return range === undefined ? '' : cut(range.start, range.end);
}

describe('places in a scalar', () => {
  it.each([
    ['plain', 'a: $brooklyn:f("x", second)\n', 'second'],
    ['plain on several lines', 'a: $brooklyn:f("x",\n     second,\n\n     y)\n', 'second'],
    ['single quotes', "a: '$brooklyn:f(\"it''s\", \"se''cond\")'\n", '"se\'\'cond"'],
    ['double quotes', 'a: "$brooklyn:f(\\"x\\", \\"sec\\\\\\\\ond\\")"\n', '\\"sec\\\\\\\\ond\\"'],
    ['double quotes with a joined line', 'a: "$brooklyn:f(x, \\\n   second)"\n', 'second'],
    ['literal block', 'a: |\n  $brooklyn:f("x",\n    second)\n', 'second'],
    ['folded block', 'a: >\n  $brooklyn:f("x",\n  second)\n', 'second'],
    ['folded block with deeper lines', 'a: >-\n  $brooklyn:f("x",\n    second,\n\n  y)\n\n', 'second'],
    ['kept block', 'b: 1\na: |+\n  $brooklyn:f("x", second)\n\n\n', 'second'],
    ['block with windows line ends', 'a: >\r\n  $brooklyn:f("x",\r\n  second)\r\n', 'second'],
  ])('are exact in %s', (_style, text, expected) => {
    expect(secondArgument(text)).toBe(expected);
  });

  it('are the whole scalar where the value is not what is written', () => {
    expect(valueOffsets('abc', 'abd')).toBeNull();
    expect(valueOffsets('', 'x')).toBeNull();
  });

  it('agree with the reader of YAML for any text in any style', () => {
    const style = fc.constantFrom<Scalar.Type>('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_FOLDED', 'BLOCK_LITERAL');
    const words = fc.array(fc.constantFrom('word', ' ', '  ', '\n', '\n\n', "'", '"', '\\', '$', 'é', '😀', 'x'.repeat(30), ' y'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(style, words, (type, parts) => {
        const document = new Document({ a: `$brooklyn:f${parts.join('')}` });
        const node = document.get('a', true) as Scalar;
        node.type = type;
        const text = document.toString();
        const { value, range } = scalarIn(text).scalar;
        const written = text.slice(range.start, range.end);
        const offsets = valueOffsets(written, String(value));
        expect(offsets).toHaveLength(String(value).length + 1);
        for (const letter of 'wordxy') {
          const at = String(value).indexOf(letter, 11);
          if (at >= 0) expect(written[offsets?.[at] ?? -1]).toBe(letter);
        }
      }),
      { numRuns: 500 },
    );
  });
});
