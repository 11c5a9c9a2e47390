import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { outcomeWord, whatToDo, withOutcomes } from './conformance-page.ts';
import { corpusOutcomes } from './corpus-outcomes.ts';

const outcomes = await corpusOutcomes(fileURLToPath(new URL('../../../../shared/corpus', import.meta.url)));
const refused = outcomes.filter((outcome) => outcomeWord(outcome) === 'refused');

describe('the corpus of public blueprints', () => {
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
