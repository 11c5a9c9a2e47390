import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeSubnet, lastFreeAddress, macOf, nextAddress, overlap, rangeOf, toAddress, toNumber } from './addresses.ts';

describe('addresses of networks', () => {
  it('are read and written alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (number) => {
        expect(toNumber(toAddress(number))).toBe(number);
      }),
    );
  });

  it('leave out those of the network itself and of everybody on it', () => {
    expect(rangeOf('10.1.2.0/24')).toEqual({ first: toNumber('10.1.2.1'), last: toNumber('10.1.2.254') });
  });

  it('are given one after another, and again only when there is no other', () => {
    const taken = new Set(['10.0.0.2']);
    const isTaken = (address: string) => taken.has(address);
    expect(nextAddress('10.0.0.0/29', 0, isTaken)).toBe('10.0.0.1');
    expect(nextAddress('10.0.0.0/29', toNumber('10.0.0.1'), isTaken)).toBe('10.0.0.3');
    expect(nextAddress('10.0.0.0/29', toNumber('10.0.0.6'), isTaken)).toBe('10.0.0.1');
    expect(lastFreeAddress('10.0.0.0/29', isTaken)).toBe('10.0.0.6');
    expect(nextAddress('10.0.0.0/30', 0, () => true)).toBeNull();
    expect(lastFreeAddress('10.0.0.0/30', () => true)).toBeNull();
  });

  it('never come twice, however they are asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 30 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (prefix, begin) => {
        const cidr = `10.9.8.0/${prefix}`;
        const given = new Set<string>();
        let last = begin;
        for (;;) {
          const address = nextAddress(cidr, last, (one) => given.has(one));
          if (address === null) break;
          expect(given.has(address)).toBe(false);
          given.add(address);
          last = toNumber(address);
        }
        expect(given.size).toBe(2 ** (32 - prefix) - 2);
      }),
    );
  });

  it('come from the first block of the pool that nobody has', () => {
    expect(freeSubnet('10.208.0.0/12', 24, [])).toBe('10.208.0.0/24');
    expect(freeSubnet('10.208.0.0/12', 24, ['10.208.0.0/23', '192.168.0.0/16', '10.208.3.128/25'])).toBe('10.208.2.0/24');
    expect(freeSubnet('10.0.0.0/24', 24, ['10.0.0.64/26'])).toBeNull();
    expect(freeSubnet('10.0.0.0/24', 16, [])).toBe('10.0.0.0/16');
    expect(freeSubnet('10.208.0.0/12', 24, ['10.208.1.0/24', '10.208.0.0/24', '10.208.0.128/25'])).toBe('10.208.2.0/24');
    expect(freeSubnet('10.208.0.0/12', 24, ['10.0.0.0/8'])).toBeNull();
    expect(overlap('10.0.0.0/8', '10.4.0.0/16')).toBe(true);
    expect(overlap('10.0.0.0/16', '10.1.0.0/16')).toBe(false);
  });

  it('come one after another until the pool is used up, whatever else is in use', () => {
    const subnet = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 28 })).map(([n, bits]) => `10.5.0.${n}/${bits}`);
    fc.assert(
      fc.property(fc.array(subnet, { maxLength: 4 }), fc.integer({ min: 25, max: 29 }), (others, prefix) => {
        const inUse = [...others];
        for (let next = freeSubnet('10.5.0.0/24', prefix, inUse); next !== null; next = freeSubnet('10.5.0.0/24', prefix, inUse)) {
          expect(inUse.some((other) => overlap(other, next ?? ''))).toBe(false);
          inUse.push(next);
        }
        const blocks = Array.from({ length: 2 ** (prefix - 24) }, (_, n) => `10.5.0.${n * 2 ** (32 - prefix)}/${prefix}`);
        expect(blocks.filter((block) => !inUse.some((other) => overlap(other, block)))).toEqual([]);
      }),
    );
  });

  it('have a hardware address each', () => {
    expect(macOf('10.208.0.17')).toBe('02:42:0a:d0:00:11');
  });
});
