import { describe, expect, it } from 'vitest';
import { formatByteRate, formatBytes, formatCount, formatCpus, formatNumber, formatPercent } from './format-quantity.ts';

describe('quantities', () => {
  it('gives bytes in IEC units with at most three digits', () => {
    expect([0, 1023, 1024, 1536, 512 * 1024 ** 2, 1024 ** 3 * 1.5, 1024 ** 4 * 23.46].map(formatBytes)).toEqual([
      '0 B',
      '1023 B',
      '1 KiB',
      '1.5 KiB',
      '512 MiB',
      '1.5 GiB',
      '23.5 TiB',
    ]);
  });
  it('moves to the next unit instead of printing 1024', () => {
    expect(formatBytes(1024 ** 2 - 1)).toBe('1 MiB');
  });
  it('gives rates with their unit', () => {
    expect(formatByteRate(3 * 1024 ** 2)).toBe('3 MiB/s');
  });
  it('gives CPUs without trailing zeros', () => {
    expect([0.25, 1, 1.5, 16, 0].map(formatCpus)).toEqual(['0.25', '1', '1.5', '16', '0']);
  });
  it('gives small shares with a decimal and large ones without', () => {
    expect([0, 0.0341, 0.82, 1].map(formatPercent)).toEqual(['0 %', '3.4 %', '82 %', '100 %']);
  });
  it('rounds plain numbers to what is readable', () => {
    expect([1234, 0.1234, 12.34, 123.4].map(formatNumber)).toEqual(['1,234', '0.123', '12.3', '123']);
  });
  it('counts one thing in the singular', () => {
    expect([formatCount(1, 'host'), formatCount(0, 'host'), formatCount(2, 'entity', 'entities')]).toEqual([
      '1 host',
      '0 hosts',
      '2 entities',
    ]);
  });
});
