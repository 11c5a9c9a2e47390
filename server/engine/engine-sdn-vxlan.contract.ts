import { expect, it, vi } from 'vitest';
import type { Instance } from '../domain/entity/instance.ts';
import { describeSdnProvider } from '../testing/sdn-provider-suite.ts';

describeSdnProvider({
  type: 'vxlan-network',
  labName: 'sdntest',
  reach: 'cloud',
  keepsAddresses: true,
  mtu: 1450,
  damage:
    'for d in $(ip -o link show type vxlan | cut -d: -f2); do ip link del $d; done; pkill dnsmasq; ip -o link show type vxlan | wc -l',
  state: 'ip -d link show type vxlan | grep -c ckx',
  leftovers: 'ip -o link | grep -c ckx',
  known: (address) => `ip neigh show nud all | grep -c '^${address} .*NOARP'`,
  own({ context, shop, deploy, remove, running, reaches, onHost, addressOf }) {
    it('do the same by asking all hosts, where control is flood', async () => {
      const { store } = context();
      const [record] = store.view.all('cloud').values();
      if (!record?.networking) throw new Error('no networking');
      const networking = { ...record.networking, config: { 'vxlan.control': 'flood' } };
      await store.commit((draft) => draft.put('cloud', { ...record, networking }));
      const flooding = await deploy('flooding');
      const all = await running(flooding, 4);
      for (const target of ['web-1', 'web-2', 'web-3', 'db']) {
        await vi.waitFor(async () => expect(await reaches(all.get('web-1'), target)).toBe(true), { timeout: 10_000 });
      }
      expect(await reaches(all.get('web-1'), addressOf((await shop()).get('db'), 'closed'))).toBe(false);
      await remove(flooding);
    });

    it('carry the number of the network on the LAN', async () => {
      const all = await shop();
      const [from, to] = [all.get('web-1'), all.get('web-2')];
      const vni = [...context().store.view.all('virtualNetwork').values()].find(({ id }) => id === endpointOf(from)?.networkId)?.vni;
      const seen = onHost(to?.hostId, 'timeout 8 tcpdump -nli any -c 1 udp port 4789 2>/dev/null');
      await vi.waitFor(async () => {
        expect(await reaches(from, addressOf(to, 'back'))).toBe(true);
        expect(await Promise.race([seen, Promise.resolve('')])).toContain(`vni ${vni}`);
      }, 8_000);
    });
  },
});

function endpointOf(instance: Instance | undefined) {
  return instance?.endpoints?.find(({ network }) => network === 'back');
}
