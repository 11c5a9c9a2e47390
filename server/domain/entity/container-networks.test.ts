import { describe, expect, it } from 'vitest';
import { networkDefinitions, networks, toNetworkDefinitions, toNetworks } from './container-networks.ts';

describe('networks of a container', () => {
  it('are a list of names or maps, or a map by name, in their order', () => {
    const list = [{ name: 'back', aliases: ['db'], address: '172.28.0.5' }, 'front'];
    const map = { back: { aliases: ['db'], address: '172.28.0.5' }, front: null };
    const joined = [
      { name: 'back', aliases: ['db'], address: '172.28.0.5', definition: {} },
      { name: 'front', aliases: [], definition: {} },
    ];
    for (const value of [list, map]) expect(toNetworks({ 'docker.container.networks': networks.parse(value) })).toEqual(joined);
  });

  it('give the container its further names on each of them, once', () => {
    const config = { 'docker.container.networks': [{ name: 'a', aliases: ['x'] }, 'b'], 'docker.container.aliases': ['x', 'y'] };
    expect(toNetworks(config).map(({ aliases }) => aliases)).toEqual([
      ['x', 'y'],
      ['x', 'y'],
    ]);
  });

  it.each([
    [['a', 'a'], 'twice'],
    [['../x'], 'needs a name'],
    [[{ name: 'a', address: '010.0.0.1' }], 'IPv4'],
    [[{ name: 'a', aliases: ['-x'] }], 'host name'],
    [[{ name: 'a', macAddress: '02:42' }], 'MAC'],
  ])('refuse %j', (value, problem) => {
    expect(JSON.stringify(networks.safeParse(value).error?.issues)).toContain(problem);
  });
});

describe('networks of an application', () => {
  it('are made with Docker’s defaults where nothing is said', () => {
    const given = {
      plain: null,
      empty: {},
      off: { internal: false },
      full: { internal: true, subnet: '172.28.0.0/16', options: { mtu: 1400 } },
    };
    expect(toNetworkDefinitions(given)).toEqual({
      plain: {},
      empty: {},
      off: {},
      full: { internal: true, subnet: '172.28.0.0/16', options: { mtu: '1400' } },
    });
  });

  it.each([
    [{ subnet: '10.0.0.1/24' }, 'did you mean 10.0.0.0/24?'],
    [{ subnet: '10.0.0.0/33' }, 'needs a network such as'],
    [{ subnet: '10.0.0.0/31' }, '1 to 30 bits'],
    [{ subnet: '0.0.0.0/0' }, '1 to 30 bits'],
    [{ options: { 'com.docker.network.driver.mtu': 0 } }, 'from 68 to 65535'],
    [{ subnet: '10.0.0.0/24', gateway: '10.0.1.1' }, 'is not in 10.0.0.0/24'],
    [{ gateway: '10.0.1.1' }, 'needs a subnet'],
    [{ subnet: '10.0.0.0/24', ipRange: '10.0.1.0/28' }, 'is not in 10.0.0.0/24'],
    [{ driver: 'overlay' }, 'driver'],
  ])('refuse %j', (value, problem) => {
    expect(JSON.stringify(networkDefinitions.safeParse({ net: value }).error?.issues)).toContain(problem);
  });
});
