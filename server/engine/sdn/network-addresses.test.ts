import { expect, it } from 'vitest';
import { capacityOf, freeAddress, freeGateway, isFenced } from './network-addresses.ts';

const network = {
  ...{ id: 'n', cloudId: 'c', applicationId: null, networkName: 'n', logicalName: 'n', domain: 'n', vni: 70_000 },
  ...{ networking: { provider: 'overlay', pool: '10.208.0.0/12', prefix: 27, config: {} }, subnet: '10.208.0.0/27', mtu: 1450 },
  ...{ internal: false, lastAddress: 0, createdAt: 0, fence: '10.208.0.28/30' },
} as unknown as Parameters<typeof freeAddress>[0];

it('addresses that a provider’s software gives away are given to nobody else', () => {
  const taken = new Set<string>();
  const isTaken = (address: string) => taken.has(address);
  for (let left = capacityOf(network); left > 0; left--) {
    const address = left % 2 === 0 ? freeAddress(network, { now: 0, isTaken }) : freeGateway(network, { now: 0, isTaken });
    if (address === null) throw new Error(`none of ${left} is free`);
    expect(isFenced(network, address)).toBe(false);
    taken.add(address);
  }
  expect(taken.size).toBe(27);
  expect([freeAddress(network, { now: 0, isTaken }), freeGateway(network, { now: 0, isTaken })]).toEqual([null, null]);
});
