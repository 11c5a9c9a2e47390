import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../testing/runs-of.ts';
import { yamlTexts } from '../../testing/yaml-edits/arbitrary-yaml.ts';
import { advanceText } from './advance-text.ts';
import { type EditableText, openText } from './editable-text.ts';
import { applyEdits, type TextEdits } from './text-edit.ts';
import type { YamlNode } from './yaml-tree.ts';

const PIECES = [
  '\n',
  ' ',
  '  ',
  '- a',
  'x: 1\n',
  '# c\n',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ':',
  '- ',
  '\n\n',
  '---\n',
  '&a ',
  '*a',
  'key: |\n  x\n',
  '>',
  '...\n',
  '? ',
  '\t',
  '    deep: 1\n',
  ',',
];

/** What people do to a text by hand, whole or half done: at any place, or by lines. */
const typed = fc.record({
  start: fc.nat(),
  length: fc.oneof(fc.constant(0), fc.nat(40)),
  text: fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }).map((pieces) => pieces.join('')),
  byLines: fc.boolean(),
});

describe('a text that is edited', () => {
  it.each([false, true])('is read as if it were opened anew (anchors: %s)', (anchors) => {
    fc.assert(
      fc.property(yamlTexts({ anchors }), typed, (text, change) => {
        const opened = openText(text);
        if (!opened.ok) return;
        const edits = toTyped(text, change);
        const advanced = advanceText(opened.source, edits);
        const anew = openText(applyEdits(text, edits));
        expect(advanced.ok).toBe(anew.ok);
        if (advanced.ok && anew.ok) expect({ ...advanced.source, style: null }).toEqual({ ...anew.source, style: null });
      }),
      { numRuns: runsOf(300) },
    );
  });

  it('keeps the trees of items that the edit does not touch', () => {
    const opened = openText('services:\n- type: a\n- type: b\n- type: c\n- type: d\n- type: e\n');
    if (!opened.ok) throw new Error(opened.message);
    const at = opened.source.text.indexOf('b');
    const advanced = advanceText(opened.source, [{ start: at, end: at + 1, text: 'longer' }]);
    if (!advanced.ok) throw new Error('not read');
    const [before, after] = [opened.source, advanced.source].map(servicesOf);
    expect(after?.map((service, index) => service === before?.[index])).toEqual([true, false, true, true, true]);
  });
});

function servicesOf({ root }: EditableText): readonly YamlNode[] {
  const services = root?.kind === 'map' ? root.items[0]?.value : undefined;
  return services?.kind === 'list' ? services.items.map(({ value }) => value) : [];
}

function toTyped(
  text: string,
  { start, length, text: written, byLines }: { start: number; length: number; text: string; byLines: boolean },
): TextEdits {
  const at = start % (text.length + 1);
  const from = byLines ? text.lastIndexOf('\n', at - 1) + 1 : at;
  const end = Math.min(text.length, from + length);
  const to = byLines && length > 0 ? text.indexOf('\n', end) + 1 || text.length : end;
  return [{ start: from, end: to, text: written }];
}
