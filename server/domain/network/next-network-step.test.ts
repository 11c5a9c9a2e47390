import { describe, expect, it } from 'vitest';
import type { NetworkRecord } from './network-record.ts';
import { type NetworkFacts, nextNetworkStep } from './next-network-step.ts';

const network = (fields: Partial<NetworkRecord> = {}): NetworkRecord =>
  ({
    ...{ id: 'h:ckn', hostId: 'h', applicationId: 'a', networkName: 'ckn', logicalName: 'back', definition: {} },
    ...{ state: 'planned', problem: '', createdAt: 0 },
    ...fields,
  }) as NetworkRecord;
const step = (fields: Partial<NetworkFacts> = {}) =>
  nextNetworkStep({ network: network(), host: 'ready', isWanted: true, others: [], ...fields });

describe('nextNetworkStep', () => {
  it('makes what is wanted, leaves it, and removes it with the last one that wants it', () => {
    expect(step()).toBe('create');
    expect(step({ network: network({ state: 'ready' }) })).toBe('nothing');
    expect(step({ network: network({ state: 'ready' }), isWanted: false })).toBe('remove');
    expect(step({ isWanted: false })).toBe('remove');
  });

  it('ends a removal before it makes the network again', () => {
    expect(step({ network: network({ state: 'removing' }) })).toBe('remove');
  });

  it('waits for a host that is away, and forgets one that was taken out', () => {
    for (const host of ['connecting', 'unreachable', 'lost', 'refused'] as const) expect(step({ host, isWanted: false })).toBe('nothing');
    expect(step({ host: undefined })).toBe('forget');
  });

  it('waits until the network as it was made before has given its addresses back', () => {
    const definition = { subnet: '10.0.0.0/24' };
    const before = network({ id: 'h:old', state: 'ready', definition });
    expect(step({ network: network({ definition }), others: [before] })).toBe('nothing');
    expect(step({ network: network({ definition }), others: [{ ...before, logicalName: 'front' }] })).toBe('create');
    expect(step({ others: [before] })).toBe('create');
  });
});
