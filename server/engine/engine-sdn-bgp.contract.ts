import { expect, it, vi } from 'vitest';
import { describeSdnProvider } from '../testing/sdn-provider-suite.ts';

const PEERS = 'birdc -s /run/clocker/*/bgp/ctl show protocols';
const ROUTES = 'for t in $(ip rule | sed -n "s/.*lookup \\([0-9]*\\)$/\\1/p"); do ip route show table $t; done';

describeSdnProvider({
  type: 'bgp-network',
  cloud: 'docker-cloud-calico.yaml',
  labName: 'bgptest',
  reach: 'cloud',
  keepsAddresses: true,
  mtu: 1500,
  damage: `pkill -9 bird; sleep 0.2; pkill dnsmasq; iptables -F DOCKER-USER; for t in $(nft list tables | grep -o clocker_bgp.*); do nft delete table inet $t; done
rm -rf /run/clocker; for t in $(ip rule | sed -n "s/.*lookup \\([0-9]*\\)$/\\1/p"); do ip rule del lookup $t; ip route flush table $t; done
pgrep -c bird`,
  state: `pgrep -a bird; nft list ruleset 2>/dev/null | grep -A200 clocker_bgp | sha256sum; iptables -S DOCKER-USER; ip rule`,
  leftovers:
    'pgrep -c bird; nft list tables | grep -c clocker; iptables -S DOCKER-USER | grep -c clocker; ip rule | grep -cv -e local -e main -e default',
  known: (address) => `(${ROUTES}; nft list ruleset 2>/dev/null) | grep -cw '${address}'`,
  own({ shop, reaches, onHost, hosts, addressOf }) {
    it('put nothing around packets on the LAN', async () => {
      const all = await shop();
      const [from, to] = [all.get('web-1'), all.get('web-2')];
      const seen = onHost(to?.hostId, `timeout 8 tcpdump -nli eth0 -c 1 icmp and dst ${addressOf(to, 'back')} 2>/dev/null`);
      await vi.waitFor(async () => {
        expect(await reaches(from, addressOf(to, 'back'))).toBe(true);
        expect(await Promise.race([seen, Promise.resolve('')])).toContain(`${addressOf(from, 'back')} > ${addressOf(to, 'back')}`);
      }, 8_000);
    });

    it('withdraw the addresses of a host that is cut off within two seconds, and learn them again', async () => {
      const all = await shop();
      const [from, to] = [all.get('web-1'), all.get('web-2')];
      const address = addressOf(to, 'back');
      const target = hosts().find(({ id }) => id === to?.hostId)?.facts?.underlay?.address;
      const cut = (verb: string) => `iptables ${verb} INPUT -s ${target} -j DROP`;
      const gone = `n=0; while (${ROUTES}) | grep -qw '${address}' && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done; echo $n`;
      expect(await onHost(from?.hostId, `(${ROUTES}) | grep -cw '${address}'`)).toBe('1');
      try {
        expect(Number(await onHost(from?.hostId, `${cut('-I')}; ${gone}`))).toBeLessThan(40);
        expect(await reaches(from, address)).toBe(false);
      } finally {
        await onHost(from?.hostId, cut('-D'));
      }
      await vi.waitFor(async () => expect(await reaches(from, address)).toBe(true), { timeout: 15_000, interval: 200 });
      expect(await onHost(from?.hostId, PEERS)).toContain('Established');
    });

    it('let nobody in from the LAN', async () => {
      const all = await shop();
      const [to, elsewhere] = [all.get('web-2'), hosts().find(({ id }) => id !== all.get('web-2')?.hostId)];
      const target = hosts().find(({ id }) => id === to?.hostId)?.facts?.underlay?.address;
      const address = addressOf(to, 'back');
      const script = `ip route add ${address}/32 via ${target} table 77; ip rule add to ${address} lookup 77 priority 77
ping -c 1 -W 1 ${address} >/dev/null; echo $?; ip rule del priority 77; ip route flush table 77`;
      expect(await onHost(elsewhere?.id, script)).toBe('1');
    });
  },
});
