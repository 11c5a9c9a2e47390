import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toShellTurn } from './shell-turn.ts';

function run(parts: Parameters<typeof toShellTurn>[0]) {
  const turn = toShellTurn(parts, 'part-ends');
  const { stdout, status } = spawnSync('sh', ['-c', turn.script], { env: { ...process.env, CK_TEXT: turn.text }, encoding: 'utf8' });
  return { status, results: turn.read(stdout) };
}

describe('several scripts in one turn of a shell', () => {
  it('have each their own text, whatever is in it, and their own output and status', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\\', "'", '"', '$', '%', '`'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        const { status, results } = run(texts.map((own) => ({ script: 'set -e\nprintf "%s|" "$CK_TEXT"; exit 0', text: own })));
        expect(status).toBe(0);
        expect(results).toEqual(texts.map((own) => ({ output: `${own}|`, code: 0 })));
      }),
      { numRuns: 25 },
    );
  });

  it('end with the first that fails, also by set -e', () => {
    const { status, results } = run([
      { script: 'echo one' },
      { script: 'set -e\necho two\n(exit 7)\necho never' },
      { script: 'echo three' },
    ]);
    expect(status).toBe(7);
    expect(results).toEqual([
      { output: 'one\n', code: 0 },
      { output: 'two\n', code: 7 },
    ]);
  });
});
