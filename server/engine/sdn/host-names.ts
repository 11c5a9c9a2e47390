import { createHash } from 'node:crypto';
import type { TurnPart } from '../../domain/network/shell-turn.ts';
import { NAMES_DOMAIN } from '../../domain/network/virtual-network.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { RootShell, SdnStep } from '../../ports/sdn-provider.ts';

/** Names on one network, as one host is to answer them. */
export interface NetworkNames {
  /** Record id. */
  readonly networkId: string;
  /** Name of the network’s files on the host: letters and digits. */
  readonly key: string;
  /** Where it is asked: the host’s own address on the network. */
  readonly gateway: string;
  /** Also answers what is none of ours, as the host itself would. */
  readonly asksOutside: boolean;
  /** Lines of a hosts file: an address and its names. */
  readonly lines: readonly string[];
}

interface Resolver {
  readonly gateway: string;
  readonly asksOutside: boolean;
  readonly hash: string;
  readonly isAlive: boolean;
}

export interface NamesInput {
  readonly planeId: string;
  readonly hostName: string;
  readonly names: readonly NetworkNames[];
}

export interface NamesTold {
  readonly done: readonly SdnStep[];
  /** Networks whose names are not answered, by record id: their address is taken by another, or the host lacks what it takes (network.refused). */
  readonly refused: ReadonlyMap<string, ClockerError>;
}

/** What is to be run as root to see which names are answered; its output is for `settleNames`. */
export function lookAtNames(planeId: string): TurnPart {
  return { script: OBSERVE, text: planeId };
}

/** Ends the names of networks that are not wanted any more; with the last network the host forgets by which records it was changed. */
export async function endNames(
  changing: RootShell,
  { planeId, names }: Pick<NamesInput, 'planeId' | 'names'>,
  seen: string,
): Promise<readonly SdnStep[]> {
  const surplus = [...readResolvers(seen).keys()].filter((key) => !names.some((wanted) => wanted.key === key));
  for (const key of surplus) await changing.run(STOP, `${planeId} ${key}`);
  // What else was taken away since the names ended has noted it again.
  if (names.length === 0 && surplus.length === 0 && /^revision$/m.test(seen)) await changing.run(FORGET, planeId);
  return surplus.map((key) => ({ text: `End the names of ${key}` }));
}

/**
 * Has a dnsmasq on each network of the host, at the host’s own address there, answer the names on it. What is right is left alone. Names that it does not know are those of another network: it says so in a way that has Docker’s resolver ask the next.
 * Errors: network.refused (no dnsmasq).
 */
export async function settleNames(changing: RootShell, { planeId, hostName, names }: NamesInput, seen: string): Promise<NamesTold> {
  requireResolver(seen, { hostName, isWanted: names.length > 0 });
  const present = readResolvers(seen);
  const done: SdnStep[] = [];
  const refused = new Map<string, ClockerError>();
  for (const wanted of names) {
    const text = wanted.lines.map((line) => `${line}\n`).join('');
    const before = present.get(wanted.key);
    const isRunning = before?.isAlive === true && before.gateway === wanted.gateway && before.asksOutside === wanted.asksOutside;
    if (isRunning && before.hash === hashOf(text)) continue;
    const head = `${planeId} ${wanted.key} ${wanted.gateway} ${wanted.asksOutside ? 'yes' : 'no'} ${isRunning ? 'reload' : 'start'}`;
    const { output, code } = await changing.run(WRITE, `${head}\n${text}`);
    if (code !== 0) {
      const message = `${hostName} cannot answer names at ${wanted.gateway}: ${output.trim().split('\n').at(-1) ?? ''}`;
      refused.set(wanted.networkId, new ClockerError('network.refused', { message, hint: hintFor(output), retryable: true }));
      continue;
    }
    const how = isRunning ? `Names of ${wanted.key}: ${wanted.lines.length} addresses` : `Answer names at ${wanted.gateway}`;
    done.push({ text: how, networkId: wanted.networkId });
  }
  return { done, refused };
}

/** dnsmasq watches files, of which a kernel allows each user some. */
function hintFor(output: string): string {
  if (/inotify/.test(output)) return 'Raise fs.inotify.max_user_instances on that host: each network takes one.';
  return 'Another name server may listen on all addresses of that host (port 53): let it listen on its own.';
}

function requireResolver(output: string, { hostName, isWanted }: { readonly hostName: string; readonly isWanted: boolean }): void {
  if (!isWanted || !/^missing$/m.test(output)) return;
  throw new ClockerError('network.refused', {
    message: `${hostName} has no dnsmasq, which answers the names of containers on other hosts`,
    hint: 'Install dnsmasq-base on it (apt-get install dnsmasq-base); it need not be started.',
  });
}

function readResolvers(output: string): ReadonlyMap<string, Resolver> {
  const lines = output.split('\n').map((line) => line.split(' '));
  return new Map(
    lines.flatMap(([word, key, gateway = '', outside, hash = '', alive]) =>
      word === 'names' && key ? [[key, { gateway, asksOutside: outside === 'yes', hash, isAlive: alive === 'alive' }] as const] : [],
    ),
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Below /run, which is empty after the machine was started anew, as are its networks. */
const OBSERVE = `
command -v dnsmasq >/dev/null || echo missing
cd "/run/clocker/$CK_TEXT" 2>/dev/null || exit 0
[ -e revision ] && echo revision
for f in *.hosts; do
  [ -e "$f" ] || continue
  k=\${f%.hosts}
  a=dead
  if read -r p <"$k.pid" && tr '\\0' ' ' <"/proc/$p/cmdline" | grep -q "$PWD/$f"; then a=alive; fi 2>/dev/null
  set -- $(cat "$k.settings" 2>/dev/null)
  h=$(sha256sum <"$f")
  echo "names $k \${1:-none} \${2:-no} \${h%% *} $a"
done
`;

const END = `
end() {
  if read -r p <"$k.pid" && tr '\\0' ' ' <"/proc/$p/cmdline" | grep -q "$PWD/$k.hosts"; then
    kill "$p"
    n=0
    while [ -e "/proc/$p" ] && [ $n -lt 50 ]; do sleep 0.02; n=$((n + 1)); done
  fi 2>/dev/null
  :
}
`;

/** In the folder of the plane. What was changed last counts only as long as there is something. */
const LEAVE = `
set -- *.hosts
[ -e "$1" ] || rm -f revision
plane=$PWD
cd / && rmdir "$plane" /run/clocker 2>/dev/null
:
`;

const FORGET = `
cd "/run/clocker/$CK_TEXT" 2>/dev/null || exit 0
${LEAVE}`;

const STOP = `${END}
set -- $CK_TEXT
k=$2
cd "/run/clocker/$1" 2>/dev/null || exit 0
end
rm -f "$k.pid" "$k.settings" "$k.hosts"
${LEAVE}`;

/** The file is replaced in one step, so that no half of it is ever read. A pipe of \`read\` and \`cat\` keeps names off the command line. */
const WRITE = `${END}
set -e
umask 022
printf '%s' "$CK_TEXT" | {
  read -r plane k gateway outside how
  # Its network is not made yet.
  [ -n "$(ip -o -4 addr show to "$gateway")" ] || exit 0
  mkdir -p "/run/clocker/$plane"
  cd "/run/clocker/$plane"
  cat >"$k.new"
  mv "$k.new" "$k.hosts"
  if [ "$how" = reload ]; then read -r p <"$k.pid"; kill -HUP "$p"; exit 0; fi
  end
  up=--no-resolv
  if [ "$outside" = yes ]; then up=--resolv-file=/etc/resolv.conf; fi
  dnsmasq --conf-file=/dev/null --no-hosts --bind-interfaces --except-interface=lo --listen-address="$gateway" --addn-hosts="$PWD/$k.hosts" \\
    --local=/${NAMES_DOMAIN}/ --local-ttl=1 $up --pid-file="$PWD/$k.pid" 2>&1
  echo "$gateway $outside" >"$k.settings"
}
`;
