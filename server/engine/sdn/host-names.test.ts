import { expect, it } from 'vitest';
import type { RootShell } from '../../ports/sdn-provider.ts';
import { type NetworkNames, settleNames } from './host-names.ts';

const on = (key: string): NetworkNames => ({
  ...{ networkId: `n-${key}`, key, gateway: `10.208.${key}.254`, asksOutside: false },
  lines: [`10.208.${key}.1 db.shop.clocker.internal`],
});

it('tells the names of each network, also where those of another cannot be answered, and says which', async () => {
  const written: string[] = [];
  const changing: RootShell = {
    run: async (_, text = '') => {
      written.push(text.split(' ')[1] ?? '');
      return text.includes('10.208.1.254')
        ? { output: 'dnsmasq: failed to create inotify: Too many open files', code: 5 }
        : { output: '', code: 0 };
    },
  };
  const { done, refused } = await settleNames(changing, { planeId: 'abc', hostName: 'host-1', names: [on('1'), on('2')] }, '');
  expect(written).toEqual(['1', '2']);
  expect(done.map(({ networkId }) => networkId)).toEqual(['n-2']);
  expect([...refused]).toEqual([['n-1', expect.objectContaining({ code: 'network.refused', hint: expect.stringContaining('inotify') })]]);
});
