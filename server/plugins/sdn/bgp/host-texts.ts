import type { HostNetworks } from '../../../ports/sdn-provider.ts';

/** What one host is told: files of BIRD, and rules of nftables. */
export interface HostTexts {
  /** Its peers and what it takes from them. */
  readonly peers: string;
  /** Its own addresses, which come and go with containers. */
  readonly routes: string;
  /** What may pass. */
  readonly rules: string;
}

export interface BgpSettings {
  readonly asNumber: number;
  readonly port: number;
}

/** At most 15 characters, as Linux wants it. */
export function bridgeOf(vni: number): string {
  return `ckb${vni.toString(36)}`;
}

export function folderOf(planeId: string): string {
  return `/run/clocker/${planeId}/bgp`;
}

export function tableOf(planeId: string): string {
  return `clocker_bgp_${planeId}`;
}

/**
 * A table of routes of our own, looked at before the host's: 10000 to 29999. It is also the priority of the rule that has it looked at. Remote addresses
 * are in it and nothing else, so that what is ours is known without a mark on each route.
 */
export function routingTableOf(planeId: string): number {
  let hash = 2_166_136_261;
  for (const char of planeId) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0;
  return 10_000 + (hash % 20_000);
}

/** `bridges`: their hardware addresses by name. */
export function hostTexts(wanted: HostNetworks, settings: BgpSettings, bridges: ReadonlyMap<string, string>): HostTexts {
  return {
    peers: peersText(wanted, settings),
    routes: routesText(wanted, settings),
    rules: `${rulesText(wanted)}${turningText(wanted, bridges)}`,
  };
}

/** BIRD 2 wants `include` on a line of its own. A community tells the number of the network, so that another one with the same subnet is never mixed up with it. */
function peersText({ planeId, underlay: { address, device }, networks }: HostNetworks, { asNumber, port }: BgpSettings): string {
  const taken = networks.map(({ vni, subnet }) => `  if net ~ ${subnet} && (${asNumber}, ${vni}, 0) ~ bgp_large_community then accept;`);
  const peers = [...new Set(networks.flatMap((network) => network.peers))].sort();
  return `log syslog { warning, error, auth, fatal, bug };
router id ${address};
filter ours {
  if net.len != 32 then reject;
${taken.sort().join('\n')}
  reject;
}
protocol device { scan time 10; }
protocol static own {
  ipv4;
include "${folderOf(planeId)}/routes.conf";
}
protocol kernel {
  scan time 10;
  kernel table ${routingTableOf(planeId)};
  ipv4 { import none; export where source = RTS_BGP; };
}
protocol bfd {
  strict bind;
  interface "${device}" { min rx interval 100 ms; min tx interval 100 ms; multiplier 3; };
}
template bgp mesh {
  local ${address} port ${port} as ${asNumber};
  strict bind;
  direct;
  bfd on;
  hold time 9;
  keepalive time 3;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  ipv4 { import filter ours; export where source = RTS_STATIC; next hop self; };
}
${peers.map((peer) => `protocol bgp at_${peer.replaceAll('.', '_')} from mesh { neighbor ${peer} port ${port} as ${asNumber}; }`).join('\n')}
`;
}

function routesText({ networks }: HostNetworks, { asNumber }: BgpSettings): string {
  const own = networks.flatMap(({ vni, endpoints }) =>
    endpoints.flatMap(({ address, at }) =>
      at === null ? [`route ${address}/32 via "${bridgeOf(vni)}" { bgp_large_community.add((${asNumber}, ${vni}, 0)); };`] : [],
    ),
  );
  return `${own.sort().join('\n')}\n`;
}

/** One transaction replaces all. Members of a network reach each other, what has a way out reaches the world and is answered, and nothing else passes. */
function rulesText({ planeId, underlay: { device }, networks }: HostNetworks): string {
  const table = tableOf(planeId);
  const sets = networks.map(({ vni, endpoints }) => set(`n${vni.toString(36)}`, endpoints.map(({ address }) => address).sort()));
  const ranges = [...new Set(networks.flatMap(({ subnet, networking: { pool } }) => [subnet, pool]))].sort();
  const forward = networks.flatMap(({ vni, internal }) => {
    const [bridge, members] = [bridgeOf(vni), `@n${vni.toString(36)}`];
    const within = `ip saddr ${members} ip daddr ${members} accept`;
    return [
      `iifname "${bridge}" oifname { "${bridge}", "${device}" } ${within}`,
      `iifname "${device}" oifname "${bridge}" ${within}`,
      `iifname "${bridge}" ip daddr @ranges drop`,
      ...(internal
        ? []
        : [
            `iifname "${bridge}" ip saddr ${members} accept`,
            `oifname "${bridge}" ip saddr != @ranges ct state established,related accept`,
            `oifname "${bridge}" ip saddr != @ranges ct status dnat accept`,
          ]),
      `iifname "${bridge}" drop`,
      `oifname "${bridge}" drop`,
    ];
  });
  const out = networks.flatMap(({ vni, internal }) =>
    internal ? [] : [`ip saddr @n${vni.toString(36)} ip daddr != @ranges oifname != "${bridgeOf(vni)}" masquerade`],
  );
  return `table inet ${table} {
}
delete table inet ${table}
table inet ${table} {
${set('ranges', ranges, 'flags interval\n auto-merge\n')}
${sets.join('\n')}
chain forward {
 type filter hook forward priority -5
 policy accept
${forward.join('\n')}
}
chain postrouting {
 type nat hook postrouting priority 100
 policy accept
${out.join('\n')}
}
}
`;
}

/**
 * Who spoke with an address on this host goes on to send to its hardware address after it has moved, until it asks anew: up to a minute. What is sent
 * to one that is elsewhere is taken by the host, which routes it there.
 */
function turningText({ planeId, networks }: HostNetworks, bridges: ReadonlyMap<string, string>): string {
  const table = tableOf(planeId);
  const turns = networks.flatMap(({ vni, endpoints }): readonly string[] => {
    const own = bridges.get(bridgeOf(vni));
    const elsewhere = endpoints.flatMap(({ mac, at }) => (at === null ? [] : [mac])).sort();
    if (own === undefined || elsewhere.length === 0) return [];
    return [`ether daddr { ${elsewhere.join(', ')} } ether daddr set ${own} meta pkttype set host`];
  });
  return `table bridge ${table} {
}
delete table bridge ${table}
table bridge ${table} {
chain turn {
 type filter hook prerouting priority -300
 policy accept
${turns.join('\n')}
}
}
`;
}

function set(name: string, elements: readonly string[], flags = ''): string {
  const listed = elements.length === 0 ? '' : ` elements = { ${elements.join(', ')} }\n`;
  return `set ${name} {\n type ipv4_addr\n ${flags}${listed}}`;
}
