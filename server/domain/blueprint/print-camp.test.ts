import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFindings } from './findings.ts';
import { printCamp } from './print-camp.ts';
import { readYaml } from './read-yaml.ts';
import { mapAt, scalarAt } from './source-builder.ts';
import type { SourceNode } from './source-node.ts';
import { toPlainValue } from './to-plain-value.ts';

const HERE = { start: 0, end: 0 };

function toSource(value: unknown): SourceNode {
  if (Array.isArray(value)) {
    const items = value.map(toSource);
    return { kind: 'list', range: HERE, items, values: 1, depth: 1 };
  }
  if (typeof value === 'object' && value !== null) {
    return mapAt(
      HERE,
      Object.entries(value).map(([key, item]) => ({ key, range: HERE, value: toSource(item) })),
    );
  }
  return scalarAt(HERE, value as null | boolean | number | string);
}

function printed(value: Readonly<Record<string, unknown>>): string {
  const source = toSource(value);
  return source.kind === 'map' ? printCamp(source) : '';
}

function readBack(text: string) {
  const findings = createFindings({ text });
  const source = readYaml(text, findings);
  return { value: source && toPlainValue(source), findings: findings.list() };
}

describe('printCamp', () => {
  it('writes services as Brooklyn’s documents do', () => {
    const text = printed({ name: 'shop', services: [{ type: 'docker:nginx:1.25', id: 'web', 'brooklyn.config': { 'docker.cpus': 0.5 } }] });
    expect(text).toBe('name: shop\nservices:\n- type: docker:nginx:1.25\n  id: web\n  brooklyn.config:\n    docker.cpus: 0.5\n');
  });

  it('keeps texts of several lines as such', () => {
    expect(printed({ a: 'one\ntwo\n' })).toBe('a: |\n  one\n  two\n');
  });

  it.each([
    'no',
    'Yes',
    '22:22',
    '010',
    '1e3',
    '1.10',
    'null',
    '~',
    'true',
    '',
    ' a',
    '<<',
    '*a',
    '&a',
    '!a',
    '# a',
    'a: b',
    '$brooklyn:self()',
    '\u2028',
    '\ufffd',
  ])('writes the text “%s” so that it is read as that text, without a warning', (text) => {
    const value = { key: text, list: [text] };
    expect(readBack(printed(value))).toEqual({ value, findings: [] });
  });

  it('is read back as what it was, whatever it is', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a blueprint cannot hold them, not even as escapes.
    const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((one) => !/[\u0000-\u0008\u000b-\u001f\ufeff]/.test(one));
    const key = fc
      .oneof(fc.constantFrom('services', 'brooklyn.config', '80', 'no', '<<', 'a b'), text)
      .filter((one) => !/^(?:__proto__|constructor|prototype|\$(?:dsl|entity|spec|object).*)$/.test(one));
    const scalar = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), text, fc.constantFrom('multi\nline', 'a\n\n b\n', 'tab\there'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(key, tie('value'), { maxKeys: 4 })),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }), (given) => {
        expect(readBack(printed(given))).toEqual({ value: given, findings: [] });
      }),
    );
  });
});
