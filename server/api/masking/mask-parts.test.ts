import { describe, expect, it } from 'vitest';
import { maskInput } from './mask-input.ts';
import { maskParts, restoreParts } from './mask-parts.ts';

const NONE: ReadonlySet<string> = new Set();
const PARTS = { files: { '.env': 'A=1', 'key.pem': 'secret' }, variables: { TAG: '1', DB_PASSWORD: 'x' }, profiles: ['dev'] };

describe('what comes with a blueprint', () => {
  it('is shown without the content of any file and without secret variables', () => {
    expect(maskParts(PARTS, NONE)).toEqual({
      files: { '.env': '***', 'key.pem': '***' },
      variables: { TAG: '1', DB_PASSWORD: '***' },
      profiles: ['dev'],
    });
  });

  it('comes back whole when it is sent as it was shown, with what was changed', () => {
    const shown = maskParts(PARTS, NONE);
    expect(restoreParts(shown, PARTS, NONE)).toEqual({ parts: PARTS, missing: [] });
    const changed = { ...shown, files: { ...shown.files, '.env': 'A=2' } };
    expect(restoreParts(changed, PARTS, NONE).parts.files).toEqual({ '.env': 'A=2', 'key.pem': 'secret' });
  });

  it('is refused where a mask stands for nothing', () => {
    const given = { files: { 'new.txt': '***' }, variables: { OTHER_TOKEN: '***' } };
    expect(restoreParts(given, PARTS, NONE).missing).toEqual(['files/new.txt', 'variables/OTHER_TOKEN']);
    expect(restoreParts(given, undefined, NONE).missing).toHaveLength(2);
  });

  it('leaves a file alone that only speaks of the mask', () => {
    expect(restoreParts({ files: { a: 'three stars: ***' } }, PARTS, NONE)).toEqual({
      parts: { files: { a: 'three stars: ***' } },
      missing: [],
    });
  });

  it('is in the audit log by length', () => {
    expect(maskInput({ text: 'abc', ...PARTS })).toMatchObject({ text: '3 characters', files: { '.env': '3 characters' } });
  });
});
