import { describe, expect, it } from 'vitest';
import { mergeParts } from './merge-parts.ts';

const BEFORE = { files: { '.env': 'A=1', 'a.yaml': 'a' }, variables: { TAG: '1' }, profiles: ['debug'], hostAccess: true };

describe('what comes with a draft that was overtaken', () => {
  it('has what each has changed', () => {
    const mine = { ...BEFORE, variables: { TAG: '2' }, profiles: ['debug', 'metrics'] };
    const theirs = { ...BEFORE, files: { '.env': 'A=2', 'b.yaml': 'b' }, profiles: [] };
    expect(mergeParts(BEFORE, mine, theirs)).toEqual({
      files: { '.env': 'A=2', 'b.yaml': 'b' },
      variables: { TAG: '2' },
      profiles: ['metrics'],
      hostAccess: true,
    });
  });

  it('is theirs where I have changed nothing, and mine where they have not', () => {
    const other = { files: { '.env': 'A=3' }, variables: { B: 'b' }, overlays: ['x.yaml'] };
    expect(mergeParts(BEFORE, BEFORE, other)).toEqual(other);
    expect(mergeParts(BEFORE, other, BEFORE)).toEqual(other);
    expect(mergeParts(BEFORE, {}, BEFORE)).toBeUndefined();
  });

  it('is mine where both have changed one thing', () => {
    const [mine, theirs] = [{ variables: { TAG: 'm' } }, { variables: { TAG: 't', NEW: 'n' } }];
    expect(mergeParts({ variables: { TAG: '1' } }, mine, theirs)).toEqual({ variables: { TAG: 'm', NEW: 'n' } });
  });
});
