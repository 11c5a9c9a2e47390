import { describe, expect, it } from 'vitest';
import { addressIn, BRIDGE_NUMBERS, chooseSubnet, LAN_NUMBERS, toRoutedSubnets } from './choose-subnet.ts';

const ROUTES = `default via 192.0.2.1 dev eth0
10.72.10.0/24 dev lab-try scope link src 10.72.10.1
broadcast 10.72.11.255 dev lab-b table local scope link src 10.72.11.1
unreachable 10.72.12.0/24 metric 1
local 10.72.11.1 dev lab-b table local scope host src 10.72.11.1`;

describe('chooseSubnet', () => {
  it('takes 10.72.10.0/24 where nothing is in the way', () => {
    expect(chooseSubnet(['172.17.0.0/16', '192.168.0.0/16'], LAN_NUMBERS)).toBe('10.72.10.0/24');
  });

  it('passes over networks that a route, an address or a blocked destination overlaps', () => {
    expect(chooseSubnet(toRoutedSubnets(ROUTES), LAN_NUMBERS)).toBe('10.72.13.0/24');
  });

  it('finds none where a wider network covers all of them', () => {
    expect(chooseSubnet(['10.0.0.0/8'], LAN_NUMBERS)).toBeUndefined();
  });

  it('does not count the default route as a network in use', () => {
    expect(toRoutedSubnets('default via 10.72.10.9 dev eth0')).toEqual([]);
    expect(chooseSubnet([], BRIDGE_NUMBERS)).toBe('10.72.190.0/24');
  });
});

describe('addressIn', () => {
  it('replaces the last number of the network', () => {
    expect(addressIn('10.72.10.0/24', 101)).toBe('10.72.10.101');
  });
});
