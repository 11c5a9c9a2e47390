import { describeSdnProvider } from '../testing/sdn-provider-suite.ts';

describeSdnProvider({
  type: 'bridge-network',
  labName: 'brtest',
  reach: 'host',
  keepsAddresses: true,
  mtu: 1500,
  damage: 'pkill dnsmasq; sleep 0.2; pgrep -c dnsmasq',
  state: 'ip -j addr show type bridge | sha256sum',
  leftovers: 'ip -o link show type bridge | grep -vc docker0',
});
