import { ChangeSet, Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import { changesOf, rangeOf, toEditorDiagnostics } from './editor-diagnostics.ts';

const doc = Text.of(['name: shop', 'services:', '- type: webb']);
const diagnostic = (place: Partial<Diagnostic>): Diagnostic => ({
  code: 'unknown-type',
  severity: 'error',
  message: 'There is no type webb',
  line: 3,
  column: 9,
  path: 'services[0].type',
  ...place,
});

describe('diagnostics in the editor', () => {
  it('marks exactly the range it is given', () => {
    const { from, to } = rangeOf(doc, diagnostic({ endLine: 3, endColumn: 13 }));
    expect(doc.sliceString(from, to)).toBe('webb');
  });
  it('marks to the end of the line when only a start is known', () => {
    const { from, to } = rangeOf(doc, diagnostic({ line: 1, column: 7 }));
    expect(doc.sliceString(from, to)).toBe('shop');
  });
  it('stays inside a document that has become shorter', () => {
    expect(rangeOf(Text.of(['a']), diagnostic({ endLine: 9, endColumn: 9 }))).toEqual({ from: 1, to: 1 });
  });
  it('offers the mend that the planner suggests', () => {
    const [shown] = toEditorDiagnostics(doc, [diagnostic({ fix: { title: 'Use web', text: 'web' } })]);
    expect(shown?.actions?.map((action) => action.name)).toEqual(['Use web']);
  });
  it('adds what is missing in its place, and leaves the rest as it is written', () => {
    const compose = Text.of(['services: # ours', '  web: {image: nginx, networks: [back]}', 'networks:', '    front:  {}', '']);
    const fix = { title: 'Add the network back', add: { path: ['networks', 'back'], value: {} } };
    const changes = changesOf(compose, fix, { from: 0, to: 0 });
    const mended = ChangeSet.of([...changes], compose.length)
      .apply(compose)
      .toString();
    expect(mended).toBe(
      ['services: # ours', '  web: {image: nginx, networks: [back]}', 'networks:', '    front:  {}', '    back: {}', ''].join('\n'),
    );
  });
  it('changes nothing where the text is none that something can be added to', () => {
    const fix = { title: 'Add the network back', add: { path: ['networks', 'back'], value: {} } };
    expect(changesOf(Text.of(['services: [']), fix, { from: 0, to: 0 })).toEqual([]);
  });
});
