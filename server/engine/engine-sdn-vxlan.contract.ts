import { expect, it, vi } from 'vitest';
import type { Instance } from '../domain/entity/instance.ts';
import { describeSdnProvider } from '../testing/sdn-provider-suite.ts';

/** How many questions of ARP within VXLAN the host sends or gets in the next seconds, one at most. */
const ASKED = "timeout 4 tcpdump -nli any -c 1 'udp port 4789 and udp[28:2] = 0x0806' 2>/dev/null | grep -c ARP";

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
    it('ask nothing on the LAN where control is controller, whoever is looked for', async () => {
      const from = (await shop()).get('web-1');
      const asked = onHost(from?.hostId, ASKED);
      for (let n = 0; n < 2; n++) expect(await reaches(from, nobodyOf(addressOf(from, 'back')))).toBe(false);
      expect(await asked).toBe('0');
    });

    it('carry TCP where no device is to do anything for it', async () => {
      const all = await shop();
      const [from, to] = [all.get('web-1'), all.get('web-2')];
      const within = (one: Instance | undefined) =>
        `nsenter --target $(docker inspect --format '{{.State.Pid}}' ${one?.containerId}) --net`;
      for (const one of [from, to]) await onHost(one?.hostId, `${within(one)} ethtool -K eth0 tx off tso off gso off gro off`);
      await onHost(to?.hostId, `${within(to)} iperf3 --server --one-off --daemon --port 5998`);
      const send = `${within(from)} iperf3 --client ${addressOf(to, 'back')} --port 5998 --bytes 8M --json`;
      const received = async () => JSON.parse(await onHost(from?.hostId, send)).end?.sum_received?.bytes;
      expect(await received()).toBeGreaterThan(1024 ** 2);
    });

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
      const asked = onHost(all.get('web-1')?.hostId, ASKED);
      const nobody = nobodyOf(addressOf(all.get('web-1'), 'back'));
      for (let n = 0; n < 2; n++) expect(await reaches(all.get('web-1'), nobody)).toBe(false);
      expect(await asked).toBe('1');
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

/** An address of the same network that has not been given. */
function nobodyOf(address: string): string {
  return address.replace(/\d+$/, '222');
}
