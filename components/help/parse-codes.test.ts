import { expect, it } from 'vitest';
import { parseCodes } from './parse-codes.ts';

it('reads codes, meanings and remedies from the tables', () => {
  const text =
    '# D\n\n## Findings\n\ntext\n\n| code | severity | meaning | what to do |\n|---|---|---|---|\n| `a-b` | error | It `is` so. | Mend it. |\n\n## Empty\n';
  expect(parseCodes(text)).toEqual([{ title: 'Findings', entries: [{ code: 'a-b', meaning: 'It is so.', remedy: 'Mend it.' }] }]);
});
