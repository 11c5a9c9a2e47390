import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeSubnet, overlap, toAddress } from './addresses.ts';
import { conflictOf, countingRoutes, type HostRoute, subnetRefusalOf } from './subnet-conflicts.ts';

const POOL = '10.208.0.0/12';

describe('subnets', () => {
  it('tell what has some of their addresses, and one that is free', () => {
    const taken = [
      { cidr: '172.17.0.0/16', by: 'the LAN of docker-1 at docker0' },
      { cidr: '10.208.0.0/24', by: 'network back of shop' },
    ];
    expect(subnetRefusalOf('172.17.4.0/24', { taken, pool: POOL, prefix: 24 })).toEqual({
      message: '172.17.4.0/24 overlaps 172.17.0.0/16, the LAN of docker-1 at docker0',
      proposal: '10.208.1.0/24',
    });
    expect(subnetRefusalOf('172.18.4.0/24', { taken, pool: POOL, prefix: 24 })).toBeNull();
    expect(subnetRefusalOf('10.208.0.0/30', { taken, pool: '10.208.0.0/24', prefix: 24 })?.proposal).toBeNull();
  });

  it('that are proposed overlap nothing', () => {
    const cidr = fc
      .record({ bits: fc.integer({ min: 10, max: 29 }), at: fc.integer({ min: 0, max: 2 ** 20 - 1 }) })
      .map(({ bits, at }) => `${toAddress(Math.floor((10 * 2 ** 24 + 208 * 2 ** 16 + at) / 2 ** (32 - bits)) * 2 ** (32 - bits))}/${bits}`);
    fc.assert(
      fc.property(fc.array(cidr, { maxLength: 30 }), fc.integer({ min: 13, max: 29 }), (used, prefix) => {
        const found = freeSubnet(POOL, prefix, used);
        if (found === null) return;
        expect(overlap(POOL, found)).toBe(true);
        expect(
          conflictOf(
            found,
            used.map((one) => ({ cidr: one, by: '' })),
          ),
        ).toBeUndefined();
      }),
    );
  });
});

describe('routes of hosts', () => {
  const lan: HostRoute = { cidr: '10.0.0.0/8', device: 'eth0' };
  const vpn: HostRoute = { ...lan, device: 'tun0', isRemote: true };
  const part: HostRoute = { cidr: '10.209.0.0/16', device: 'tun0', isRemote: true };

  it('count, but for one through a gateway to all of the pool', () => {
    expect(countingRoutes([lan, vpn, part], { pool: POOL, own: [] })).toEqual([lan, part]);
  });

  it('do not count where a network that is known is the reason for them', () => {
    const routes = [
      { cidr: '10.208.3.0/24', device: 'br-1' },
      { cidr: '10.208.4.7/32', device: 'br-2' },
      { cidr: '10.208.0.0/16', device: 'br-3' },
    ];
    expect(countingRoutes(routes, { pool: POOL, own: ['10.208.3.0/24', '10.208.4.0/24'] })).toEqual([routes[2]]);
  });
});
