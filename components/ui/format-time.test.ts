import { describe, expect, it } from 'vitest';
import { formatAbsolute, formatAge, formatClock, formatDuration, formatRelative } from './format-time.ts';

const HOUR = 3_600_000;

describe('time', () => {
  it('gives durations in at most two units', () => {
    expect([350, 4200, 12_900, 185_000, HOUR + 240_000, 51 * HOUR, 41 * 24 * HOUR].map(formatDuration)).toEqual([
      '350 ms',
      '4.2 s',
      '12 s',
      '3m 05s',
      '1h 04m',
      '2d 03h',
      '41d',
    ]);
  });
  it('gives ages in one unit', () => {
    expect([0, 1999, 12_000, 300_000, 3 * HOUR, 50 * HOUR].map(formatAge)).toEqual(['now', 'now', '12 s', '5m', '3h', '2d']);
  });
  it('never shows a negative age where clocks differ a little', () => {
    expect(formatRelative(1500, 1000)).toBe('now');
  });
  it('tells past from future', () => {
    expect([formatRelative(0, 12_000), formatRelative(300_000, 0)]).toEqual(['12 s ago', 'in 5m']);
  });
  it('gives absolute times sortable and in the zone asked for', () => {
    const at = Date.UTC(2026, 10, 22, 0, 4, 5);
    expect([formatAbsolute(at, 'UTC'), formatClock(at, 'UTC'), formatAbsolute(at, 'Europe/Helsinki')]).toEqual([
      '2026-11-22 00:04:05',
      '00:04:05',
      '2026-11-22 02:04:05',
    ]);
  });
});
