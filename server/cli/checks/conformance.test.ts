import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { outcomeWord, whatToDo, withOutcomes } from './conformance-page.ts';
import { corpusOutcomes } from './corpus-outcomes.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));
const outcomes = existsSync(corpus) ? await corpusOutcomes(corpus) : [];
const refused = outcomes.filter((outcome) => outcomeWord(outcome) === 'refused');

describe.skipIf(!existsSync(corpus))('the corpus of public blueprints (skipped where ../shared/corpus is not there)', () => {
  it('gives what docs/design/conformance.md says: after a change run npm run docs', async () => {
    const page = await readFile(new URL('../../../docs/design/conformance.md', import.meta.url), 'utf8');
    expect(withOutcomes(page, outcomes)).toBe(page);
  });

  it('is there whole, and less than half are refused', () => {
    expect(outcomes.length).toBeGreaterThanOrEqual(310);
    expect(refused.length).toBeLessThan(outcomes.length * 0.5);
  });

  it.each(refused.map((outcome) => [outcome.file, outcome] as const))('%s is told where it is wrong and what to do', (_, outcome) => {
    const errors = outcome.result.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).not.toEqual([]);
    for (const { line, column, message } of errors) expect([line > 0, column > 0, message.length > 10]).toEqual([true, true, true]);
    expect(whatToDo(outcome)).toMatch(/\w.*[.?]$/);
  });
});
