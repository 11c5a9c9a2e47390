import type { AllowedFlow } from '../../domain/network/network-rules.ts';
import type { TurnPart } from '../../domain/network/shell-turn.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { RootShell, SdnStep } from '../../ports/sdn-provider.ts';
import { hashOf } from '../spec-hash.ts';

/** A network that is closed but for some flows, as one host enforces it. */
export interface ClosedNetwork {
  /** Record id. */
  readonly networkId: string;
  /** Letters and digits. */
  readonly key: string;
  readonly subnet: string;
  /** The hosts’ own addresses on it: what comes from and goes to them is let through. */
  readonly gateways: readonly string[];
  /** Those with an end on this host. */
  readonly flows: readonly AllowedFlow[];
}

export interface RulesInput {
  readonly planeId: string;
  readonly hostName: string;
  readonly closed: readonly ClosedNetwork[];
}

const CHUNK_CHARACTERS = 50_000;

/** What is to be run as root to see which rules are there; its output is for `settleRules`. */
export function lookAtRules(planeId: string): TurnPart {
  return { script: OBSERVE, text: `${planeId} ${tableOf(planeId)}` };
}

/**
 * Has the host drop, on its bridges, what rules of networks do not allow. All is one table of nftables with the plane’s name, replaced in one transaction; where
 * it is as it was written, it is left alone. Stateless, as kernels need not track connections of bridges: a rule that is withdrawn ends what runs by
 * it at once. Errors: network.refused (no nftables).
 */
export async function settleRules(
  changing: RootShell,
  { planeId, hostName, closed }: RulesInput,
  seen: string,
): Promise<readonly SdnStep[]> {
  const [state = 'none', written = ''] = seen.trim().split(' ');
  if (closed.length === 0) {
    if (state === 'none') return [];
    await changing.run(REMOVE, `${planeId} ${tableOf(planeId)}`);
    return [{ text: 'Remove the rules of networks' }];
  }
  if (state === 'missing') {
    throw new ClockerError('network.refused', {
      message: `${hostName} has no command nft, which rules of networks need`,
      hint: 'Install nftables on it; its service need not run.',
    });
  }
  const ruleset = toRuleset(tableOf(planeId), closed);
  const hash = hashOf(ruleset);
  if (state === 'same' && written === hash) return [];
  for (let at = 0; at < ruleset.length; at += CHUNK_CHARACTERS)
    await changing.run(at === 0 ? BEGIN : CONTINUE, `${planeId}\n${ruleset.slice(at, at + CHUNK_CHARACTERS)}`);
  const result = await changing.run(APPLY, `${planeId} ${tableOf(planeId)} ${hash}`);
  if (result.code !== 0) {
    throw new ClockerError('network.refused', {
      message: `${hostName} does not take the rules of networks: ${result.output.trim().split('\n').slice(0, 2).join(' / ')}`,
      hint: 'It needs nftables 1.0 or newer and a kernel with its bridge family.',
      retryable: true,
    });
  }
  return closed.map(({ networkId, key, flows }) => ({ networkId, text: `Rules of ${key}: ${flows.length} flows are let through` }));
}

/** By what was seen when rules were looked at, which are there still where new ones were refused. */
export function hasRules(seen: string): boolean {
  return /^(same|changed)/.test(seen.trim());
}

function tableOf(planeId: string): string {
  return `clocker_${planeId.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
}

/** Text for `nft -f`. Both hooks: a frame that is bridged, and a packet that the host has routed to a container. */
export function toRuleset(table: string, closed: readonly ClosedNetwork[]): string {
  const jumps = closed.map(({ key, subnet }) => `    ip saddr ${subnet} ip daddr ${subnet} jump n_${key}`);
  return `table bridge ${table}
delete table bridge ${table}
table bridge ${table} {
${closed.map(toSets).join('\n')}
${closed.map(toChain).join('\n')}
  chain networks {
${jumps.join('\n')}
  }
  chain bridged {
    type filter hook forward priority 0; policy accept;
    jump networks
  }
  chain routed {
    type filter hook output priority 0; policy accept;
    jump networks
  }
}
`;
}

function toSets({ key, gateways, flows }: ClosedNetwork): string {
  const ports = (protocol: AllowedFlow['protocol']): readonly string[] =>
    flows.flatMap((flow) => (flow.protocol === protocol ? [`${flow.from} . ${flow.to} . ${flow.port}`] : []));
  const pairs = [...new Set(flows.map(({ from, to }) => `${from} . ${to}`))];
  return [
    toSet(`${key}_hosts`, 'ipv4_addr', gateways),
    toSet(`${key}_tcp`, 'ipv4_addr . ipv4_addr . inet_service', ports('tcp')),
    toSet(`${key}_udp`, 'ipv4_addr . ipv4_addr . inet_service', ports('udp')),
    toSet(`${key}_pairs`, 'ipv4_addr . ipv4_addr', pairs),
  ].join('\n');
}

function toSet(name: string, type: string, elements: readonly string[]): string {
  const listed = elements.length === 0 ? '' : `\n    elements = { ${elements.join(',\n      ')} }`;
  return `  set s_${name} {\n    type ${type}${listed}\n  }`;
}

/** What comes back is let through by its port, unless it opens a connection itself. Later parts of a packet have no port; pings tell whether a pair may talk at all. */
function toChain({ key }: ClosedNetwork): string {
  const set = (name: string): string => `@s_${key}_${name}`;
  return `  chain n_${key} {
    ip saddr ${set('hosts')} accept
    ip daddr ${set('hosts')} accept
    ip saddr . ip daddr . tcp dport ${set('tcp')} accept
    tcp flags & (syn | ack) != syn ip daddr . ip saddr . tcp sport ${set('tcp')} accept
    ip saddr . ip daddr . udp dport ${set('udp')} accept
    ip daddr . ip saddr . udp sport ${set('udp')} accept
    ip frag-off & 0x1fff != 0 ip saddr . ip daddr ${set('pairs')} accept
    ip frag-off & 0x1fff != 0 ip daddr . ip saddr ${set('pairs')} accept
    ip protocol icmp ip saddr . ip daddr ${set('pairs')} accept
    ip protocol icmp ip daddr . ip saddr ${set('pairs')} accept
    drop
  }`;
}

/** What the table is now is compared with what it was when it was written, so that any change by others is seen. */
const OBSERVE = `
set -- $CK_TEXT
if ! command -v nft >/dev/null; then echo missing; exit 0; fi
seen=$(nft list table bridge "$2" 2>/dev/null | sha256sum)
file=/run/clocker/$1/rules
hash=
listed=
if [ -r "$file" ]; then read -r hash listed <"$file"; fi
if [ -n "$hash" ] && [ "$listed" = "\${seen%% *}" ]; then echo "same $hash"
elif [ -n "$hash" ] || nft list table bridge "$2" >/dev/null 2>&1; then echo changed
else echo none
fi
`;

const REMOVE = `
set -- $CK_TEXT
if nft list table bridge "$2" >/dev/null 2>&1; then nft delete table bridge "$2"; fi
rm -f "/run/clocker/$1/rules" "/run/clocker/$1/rules.new"
`;

const BEGIN = `
printf '%s' "$CK_TEXT" | { read -r plane; cat >"/run/clocker/$plane/rules.new"; }
`;

const CONTINUE = `
printf '%s' "$CK_TEXT" | { read -r plane; cat >>"/run/clocker/$plane/rules.new"; }
`;

const APPLY = `
set -- $CK_TEXT
cd "/run/clocker/$1" || exit 1
nft -f rules.new 2>&1 || exit 1
listed=$(nft list table bridge "$2" | sha256sum)
echo "$3 \${listed%% *}" >rules.part && mv rules.part rules
rm -f rules.new
`;
