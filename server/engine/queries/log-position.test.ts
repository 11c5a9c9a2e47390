import { describe, expect, it } from 'vitest';
import { createLogPosition } from './log-position.ts';

const line = (at: string, text: string) => ({ stream: 'stdout' as const, at: `2026-01-01T00:00:00.${at}Z`, text });

describe('log position', () => {
  it('asks for the tail first and from the last line on later', () => {
    const position = createLogPosition(10);
    expect(position.request()).toEqual({ tail: 10 });
    position.isNew(line('123456789', 'a'));
    position.resume();
    expect(position.request()).toMatchObject({ sinceMs: Date.parse('2026-01-01T00:00:00.123Z') });
  });

  it('tells no line twice and leaves none out when it resumes, equal lines at the same nanosecond included', () => {
    const all = [line('100000001', 'a'), line('100000002', 'b'), line('100000002', 'b'), line('100000002', 'c'), line('100000003', 'd')];
    for (let cut = 0; cut <= all.length; cut += 1) {
      const position = createLogPosition(10);
      const told = all.slice(0, cut).filter((one) => position.isNew(one));
      position.resume();
      told.push(...all.filter((one) => position.isNew(one)));
      expect(told).toEqual(all);
    }
  });

  it('resumes twice at the same line', () => {
    const position = createLogPosition(10);
    const one = line('100000001', 'a');
    expect(position.isNew(one)).toBe(true);
    for (let again = 0; again < 2; again += 1) {
      position.resume();
      expect(position.isNew(one)).toBe(false);
    }
    expect(position.isNew(line('100000002', 'a'))).toBe(true);
  });
});
