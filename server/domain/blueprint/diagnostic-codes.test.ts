import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../shared/clocker-error.ts';
import { DIAGNOSTICS } from './diagnostic-codes.ts';

const document = await readFile(new URL('../../../docs/diagnostics.md', import.meta.url), 'utf8');

it('docs/diagnostics.md lists every finding with its severity and meaning, and no other', () => {
  const rows = [...document.matchAll(/^\| `([\w-]+)` \| (error|warning|info) \| (.+?) \| .+ \|$/gm)].map(([, code, severity, meaning]) => ({
    code,
    severity,
    meaning,
  }));
  expect(rows).toEqual(Object.entries(DIAGNOSTICS).map(([code, { severity, meaning }]) => ({ code, severity, meaning })));
});

it('docs/diagnostics.md lists every error code, and no other', () => {
  const rows = [...document.matchAll(/^\| `([\w.-]+)` \| [^|]+ \|$/gm)].map(([, code]) => code);
  expect(rows).toEqual([...ERROR_CODES]);
});
