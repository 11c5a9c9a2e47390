import { describe, expect, it } from 'vitest';
import { cniArgs, cniCalls, conflistProblem, parseConflist } from './cni-conflist.ts';

const NETWORK = { key: '1ab', subnet: '10.208.1.0/24', mtu: 1450, device: 'eth0' };
const ENDPOINT = { address: '10.208.1.5', mac: '02:42:0a:d0:01:05' };
const bridge = (fields: Record<string, unknown> = {}) => ({ type: 'bridge', bridge: 'br-{network}', mtu: '{mtu}', ...fields });

describe('a configuration of CNI', () => {
  it('is a list or a single plug-in, as a map or as JSON', () => {
    const list = parseConflist({ cniVersion: '0.4.0', plugins: [bridge() as never, { type: 'bandwidth', ingressRate: 1 }] });
    expect(list.plugins.map(({ type }) => type)).toEqual(['bridge', 'bandwidth']);
    expect(parseConflist(JSON.stringify({ cniVersion: '1.0.0', type: 'ptp' })).plugins).toHaveLength(1);
  });

  it.each([
    ['{', 'is no JSON'],
    [{ plugins: [] }, 'plugins'],
    [{ plugins: [{ type: '../../bin/sh' }] }, 'is no name of a plug-in'],
    [{ plugins: [{ type: 'bridge', prevResult: {} }] }, 'given by Clocker'],
    [{ cniVersion: '0.2.0', plugins: [{ type: 'bridge' }] }, 'cniVersion'],
  ])('%j is refused', (value, problem) => {
    expect(conflistProblem(value as never)).toContain(problem);
  });

  it('gives the first plug-in the address of the store, fills in what is of the network, and names it after that', () => {
    const conflist = parseConflist({ cniVersion: '1.0.0', plugins: [bridge() as never, { type: 'tuning' }] });
    const [first, second] = cniCalls(conflist, NETWORK, ENDPOINT);
    expect(first?.config).toEqual({
      ...{ type: 'bridge', bridge: 'br-1ab', mtu: 1450, cniVersion: '1.0.0', name: 'clocker-1ab' },
      ipam: { type: 'static', addresses: [{ address: '10.208.1.5/24' }] },
    });
    expect(second?.config).toEqual({ type: 'tuning', cniVersion: '1.0.0', name: 'clocker-1ab' });
  });

  it('keeps routes of its static addresses, and asks another plug-in of addresses by CNI_ARGS', () => {
    const routes = [{ dst: '10.0.0.0/8', gw: '10.208.1.1' }];
    const fixed = parseConflist({ plugins: [bridge({ ipam: { type: 'static', routes } }) as never] });
    expect(cniCalls(fixed, NETWORK, ENDPOINT)[0]?.config.ipam).toEqual({
      type: 'static',
      routes,
      addresses: [{ address: '10.208.1.5/24' }],
    });
    expect(cniArgs(fixed, ENDPOINT)).toBe('IgnoreUnknown=1;MAC=02:42:0a:d0:01:05');
    const asked = parseConflist({ plugins: [bridge({ ipam: { type: 'host-local', subnet: '{subnet}' } }) as never] });
    expect(cniCalls(asked, NETWORK, ENDPOINT)[0]?.config.ipam).toEqual({ type: 'host-local', subnet: '10.208.1.0/24' });
    expect(cniArgs(asked, ENDPOINT)).toBe('IgnoreUnknown=1;MAC=02:42:0a:d0:01:05;IP=10.208.1.5');
  });

  it('gives what a plug-in says that it can take, and leaves out that it said so', () => {
    const conflist = parseConflist({ plugins: [bridge({ capabilities: { mac: true, ips: true, portMappings: true } }) as never] });
    const [{ config } = { config: {} }] = cniCalls(conflist, NETWORK, ENDPOINT);
    expect(config).toMatchObject({ runtimeConfig: { mac: ENDPOINT.mac, ips: ['10.208.1.5/24'] } });
    expect(config).not.toHaveProperty('capabilities');
  });

  it('is looked at by CHECK from 0.4.0 on, unless it says otherwise', () => {
    const checks = (fields: Record<string, unknown>) => parseConflist({ plugins: [{ type: 'ptp' }], ...fields } as never).checks;
    expect([checks({}), checks({ cniVersion: '0.3.1' }), checks({ disableCheck: true }), checks({ disableCheck: 'true' })]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
