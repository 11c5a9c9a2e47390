import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../testing/runs-of.ts';
import { toChoices, yamlTexts } from '../../testing/yaml-edits/arbitrary-yaml.ts';
import { checkEdit } from '../../testing/yaml-edits/check-edit.ts';
import { pickOperation } from '../../testing/yaml-edits/pick-operation.ts';
import { readReference } from '../../testing/yaml-edits/reference-value.ts';
import { openText } from './editable-text.ts';

/**
 * `checkEdit` says what holds of each edit: the text says what the operation makes of the values in memory, no line changes that
 * is not concerned, undo restores every byte, and the tree that is kept is the tree of the text.
 */
/** Not a promise: a machine may be busy. */
const PATIENCE = 600_000;

const choices = fc.array(fc.nat(9999), { minLength: 12, maxLength: 30 });

function open(text: string) {
  const opened = openText(text);
  if (!opened.ok) throw new Error(`${opened.message}\n${text}`);
  return opened.source;
}

describe('an edit of any text', { timeout: PATIENCE }, () => {
  it('does what it says and no more', () => {
    let done = 0;
    fc.assert(
      fc.property(yamlTexts(), choices, (text, numbers) => {
        const operation = pickOperation(readReference(text), toChoices(numbers));
        if (checkEdit(open(text), operation).done) done += 1;
      }),
      { numRuns: runsOf(500) },
    );
    expect(done).toBeGreaterThan(runsOf(350));
  });

  it('does so among anchors, aliases and merges', () => {
    let done = 0;
    fc.assert(
      fc.property(yamlTexts({ anchors: true }), choices, (text, numbers) => {
        const operation = pickOperation(readReference(text), toChoices(numbers), true);
        if (checkEdit(open(text), operation).done) done += 1;
      }),
      { numRuns: runsOf(300) },
    );
    expect(done).toBeGreaterThan(runsOf(200));
  });

  it('puts an entry with lines of text below comments that would become part of it', () => {
    const source = open('# What this text is for\n\n---\n\n  # further in\nname: []\n');
    const { done, source: after } = checkEdit(source, { kind: 'insert', into: [], value: 'one\ntwo\n', key: 'note', at: 0 });
    expect(done).toBe(true);
    expect(after.text).toBe('# What this text is for\n\n---\n\n  # further in\nnote: |\n  one\n  two\nname: []\n');
  });

  it('leaves a text that can be edited on, 50 times in a row', () => {
    fc.assert(
      fc.property(yamlTexts(), fc.array(choices, { minLength: 50, maxLength: 50 }), (text, steps) => {
        let source = open(text);
        for (const numbers of steps) {
          if (source.root === null) return;
          source = checkEdit(source, pickOperation(readReference(source.text), toChoices(numbers))).source;
        }
      }),
      { numRuns: 8 },
    );
  });
});

const corpus = new URL('../../../../shared/corpus/', import.meta.url);
const compose = new URL('../../plugins/importers/compose/fixtures/', import.meta.url);
const shipped = new URL('../../../blueprints/', import.meta.url);
const yamlIn = (folder: URL) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(?:ya?ml|bom)$/.test(file))
        .map((file) => new URL(file, folder))
    : [];

describe.each([
  ['blueprints that ship', shipped, 3],
  ['Compose files', compose, 4],
  ['blueprints of Brooklyn and Clocker', corpus, 2],
] as const)('an edit of %s', { timeout: PATIENCE }, (_, folder, times) => {
  it.skipIf(!existsSync(folder))('does what it says and no more', () => {
    const texts = yamlIn(folder).map((file) => readFileSync(file, 'utf8'));
    const readable = texts.filter((text) => openText(text).ok);
    expect(readable.length).toBeGreaterThan(texts.length * 0.95);
    let [done, all] = [0, 0];
    for (const [index, text] of readable.entries()) {
      for (let time = 0; time < times; time += 1) {
        const numbers = Array.from({ length: 20 }, (_none, at) => (index * 7919 + time * 104_729 + at * at * 31 + at * 17) % 9973);
        all += 1;
        if (checkEdit(open(text), pickOperation(readReference(text), toChoices(numbers))).done) done += 1;
      }
    }
    expect(done).toBeGreaterThan(all * 0.7);
  });
});
