import { describe, expect, it } from 'vitest';
import type { Cloud } from '@/server/domain/entity/host.ts';
import { networkingChoices, networkingInput } from './cloud-networking.ts';

const POOL = '10.208.0.0/12';
const cloudWith = (networking?: Cloud['networking']) => ({ ...(networking ? { networking } : {}) }) as Cloud;
const NONE = networkingChoices(null);
const vxlan = cloudWith({ provider: 'vxlan', pool: POOL, prefix: 24, config: { 'vxlan.control': 'flood' } });

describe('what a form of a cloud says of its networks', () => {
  it('is nothing where nothing was changed', () => {
    expect(networkingInput(vxlan, networkingChoices(vxlan))).toEqual({});
    expect(networkingInput(null, networkingChoices(null))).toEqual({});
  });

  it('keeps what its provider is told, and tells another one none of it', () => {
    const choices = networkingChoices(vxlan);
    expect(networkingInput(vxlan, { ...choices, pool: '10.9.0.0/16' })).toMatchObject({
      networking: { config: { 'vxlan.control': 'flood' } },
    });
    expect(networkingInput(vxlan, { ...choices, provider: 'bgp' })).toEqual({ networking: { provider: 'bgp', pool: POOL, prefix: 24 } });
    expect(networkingInput(vxlan, { ...choices, provider: 'none' })).toEqual({ networking: null });
  });

  it('gives CNI its configuration, also when that alone was changed, and takes it away again', () => {
    const conflist = '{"type":"bridge"}';
    const made = networkingInput(null, { ...NONE, provider: 'cni', conflist });
    expect(made).toEqual({ networking: { provider: 'cni', pool: POOL, config: { 'cni.conflist': conflist } } });
    const cloud = cloudWith({
      provider: 'cni',
      pool: POOL,
      prefix: 24,
      config: { 'cni.conflist': { type: 'bridge' }, 'cni.path': '/opt' },
    });
    expect(networkingChoices(cloud).conflist).toBe('{\n  "type": "bridge"\n}');
    expect(networkingInput(cloud, { ...NONE, provider: 'cni', conflist: ' ' })).toEqual({
      networking: { provider: 'cni', pool: POOL, prefix: 24, config: { 'cni.path': '/opt' } },
    });
  });

  it('has networks by Swarm encrypted, also where that alone was changed, and no others', () => {
    const made = { networking: { provider: 'overlay', pool: POOL, config: { 'overlay.encrypted': true } } };
    expect(networkingInput(null, { ...NONE, provider: 'overlay', encrypted: true })).toEqual(made);
    expect(networkingInput(null, { ...NONE, provider: 'vxlan', encrypted: true })).toEqual({
      networking: { provider: 'vxlan', pool: POOL },
    });
    const cloud = cloudWith({ provider: 'overlay', pool: POOL, prefix: 24, config: { 'overlay.encrypted': true } });
    const known = networkingChoices(cloud);
    expect(networkingInput(cloud, known)).toEqual({});
    expect(networkingInput(cloud, { ...known, encrypted: false })).toEqual({ networking: { provider: 'overlay', pool: POOL, prefix: 24 } });
  });
});
