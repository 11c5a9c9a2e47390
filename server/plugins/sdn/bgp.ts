import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { NetworkDefinition } from '../../domain/entity/container-spec.ts';
import { BGP_CONFIG } from '../../domain/entity-types/sdn-config.ts';
import { toShellTurn } from '../../domain/network/shell-turn.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostNetwork, HostNetworks, RootShell, SdnProvider, SdnStep } from '../../ports/sdn-provider.ts';
import { bridgeOf, folderOf, hostTexts, routingTableOf, tableOf } from './bgp/host-texts.ts';
import { type ObservedHost, readHost } from './bgp/read-host.ts';
import { ANSWER, END, LOOK, NOTE_RULES, OBSERVE, PASS, RELOAD, START, WRITE_FILE, WRITE_RULES } from './bgp/scripts.ts';

const config = z.strictObject(BGP_CONFIG);

/** Of all texts of one turn of the shell: 60,000 at most. */
const TURN_CHARACTERS = 50_000;

/** What is done on a host, in the order in which it is safe. */
export type BgpStep = SdnStep &
  (
    | { readonly kind: 'rules' | 'peers' | 'routes'; readonly content: string }
    | { readonly kind: 'pass' | 'unpass'; readonly rule: string }
    | { readonly kind: 'answer'; readonly bridge: string }
    | { readonly kind: 'look' | 'reload' | 'note' | 'start' | 'end' }
  );

/** A step with where things are. */
type PlacedStep = BgpStep & { readonly planeId: string };

/**
 * Project Calico's model: no packet is put into another. Each host tells the others by BGP which addresses it has, and its bridge answers for those
 * that are elsewhere, so that containers see one LAN. nftables lets pass what is of one network, and what has a way out.
 */
export const plugin: SdnProvider<ObservedHost, PlacedStep> = {
  id: 'bgp',
  title: 'BGP',
  description: 'Routes of BIRD between hosts on one LAN, with nothing put around packets.',
  aliases: ['bgp-network', 'BgpNetwork'],
  config,
  commands: ['ip', 'bird', 'birdc', 'nft', 'iptables'],
  overheadBytes: 0,
  definition,
  observe,
  refusal,
  ahead,
  plan,
  apply,
};

function definition({ vni, subnet, gateway, mtu, internal }: Omit<HostNetwork, 'endpoints' | 'peers'>): NetworkDefinition {
  return {
    subnet,
    gateway,
    ...(internal ? { internal: true } : {}),
    options: {
      'com.docker.network.bridge.name': bridgeOf(vni),
      'com.docker.network.driver.mtu': String(mtu),
      // Docker would hide containers behind their host from those on others.
      'com.docker.network.bridge.enable_ip_masquerade': 'false',
    },
  };
}

const PACKAGES: Readonly<Record<string, string>> = { bird: 'bird2', birdc: 'bird2', nft: 'nftables', ip: 'iproute2' };

async function observe(shell: RootShell, wanted: HostNetworks): Promise<ObservedHost> {
  const { hostName, planeId, networks } = wanted;
  const bridges = networks.map(({ vni }) => bridgeOf(vni));
  const peers = [...new Set(networks.flatMap((network) => network.peers))];
  const words = [planeId, folderOf(planeId), tableOf(planeId), routingTableOf(planeId), settingsOf(wanted).port];
  const { output } = await shell.run(OBSERVE, `${words.join(' ')}\n${bridges.join(' ')}\n${peers.join(' ')}`);
  const missing = [...output.matchAll(/^missing (\S+)$/gm)].map(([, name = '']) => name);
  if (networks.length > 0 && missing.length > 0) {
    const packages = [...new Set(missing.map((name) => PACKAGES[name] ?? name))].join(' ');
    throw new ClockerError('network.refused', {
      message: `${hostName} has no ${missing.join(', ')}, which its networks by BGP need`,
      hint: `Install ${packages} on it (apt-get install ${packages}); BIRD of the host itself need not be started.`,
    });
  }
  return readHost(output);
}

/** All networks of a host are of one cloud, and have its settings. */
function settingsOf({ networks }: HostNetworks): { readonly asNumber: number; readonly port: number } {
  const settings = config.parse(networks[0]?.networking.config ?? {});
  return { asNumber: settings['bgp.asNumber'], port: settings['bgp.port'] };
}

/** What is in our own files and tables, each replaced as a whole. */
const REPLACING: readonly BgpStep['kind'][] = ['rules', 'peers', 'routes', 'reload', 'note'];

/** An address that has come or gone is told to BIRD, and let pass, in one turn. */
function ahead(wanted: HostNetworks, earlier: ObservedHost): readonly PlacedStep[] {
  return plan(wanted, earlier).filter(({ kind }) => REPLACING.includes(kind));
}

function plan(all: HostNetworks, observed: ObservedHost): readonly PlacedStep[] {
  const { planeId } = all;
  // One that is being made waits for its bridge.
  const wanted = { ...all, networks: all.networks.filter(({ vni }) => observed.bridges.has(bridgeOf(vni))) };
  const passes = wanted.networks.flatMap((network) => passesOf(wanted, network));
  const unpass = observed.passes
    .filter((rule) => !passes.some((pass) => pass.rule === rule))
    .map((rule): BgpStep => ({ kind: 'unpass', rule, text: 'Let nothing more of a network pass' }));
  const steps = wanted.networks.length === 0 ? planEnd(observed) : planHost(wanted, observed, passes);
  return [...unpass, ...steps].map((step) => ({ ...step, planeId }));
}

function planEnd({ isThere }: ObservedHost): readonly BgpStep[] {
  return isThere ? [{ kind: 'end', text: 'End BIRD and remove its routes and rules' }] : [];
}

/** Rules first: nothing is reached before it may be. */
function planHost(wanted: HostNetworks, observed: ObservedHost, passes: readonly Pass[]): readonly BgpStep[] {
  const texts = hostTexts(wanted, settingsOf(wanted), observed.bridges);
  const changed = (['rules', 'peers', 'routes'] as const).filter((kind) => observed[kind] !== hashOf(texts[kind]));
  const hasRead = observed.hasRead && !changed.includes('peers') && !changed.includes('routes');
  // What all networks need is told of one of them.
  const first = wanted.networks[0] && { networkId: wanted.networks[0].id };
  const words = {
    rules: 'Tell which addresses may reach each other',
    peers: 'Tell BIRD its peers',
    routes: 'Tell BIRD the addresses here',
  };
  return [
    ...changed.map((kind): BgpStep => ({ kind, content: texts[kind], text: words[kind] })),
    ...passes
      .filter(({ rule }) => !observed.passes.includes(rule))
      .map(({ rule, networkId }): BgpStep => ({ kind: 'pass', rule, networkId, text: 'Let a network pass between hosts' })),
    ...wanted.networks
      .map(({ id, vni }) => ({ networkId: id, bridge: bridgeOf(vni) }))
      .filter(({ bridge }) => !observed.answering.has(bridge))
      .map(({ networkId, bridge }): BgpStep => ({ kind: 'answer', bridge, networkId, text: `${bridge} answers for addresses elsewhere` })),
    ...(observed.isLooking ? [] : [{ kind: 'look', ...first, text: 'Look at the routes of BIRD' } as const]),
    ...(observed.isAlive ? [] : [{ kind: 'start', ...first, text: 'Start BIRD' } as const]),
    ...(observed.isAlive && !hasRead ? [{ kind: 'reload', text: 'Have BIRD read what has changed' } as const] : []),
    ...(changed.includes('rules') ? [{ kind: 'note', text: 'Note how the rules are listed' } as const] : []),
  ];
}

function refusal(wanted: HostNetworks, { bridges, isAlive, portTaken, routed }: ObservedHost): ClockerError | null {
  const { hostName, networks } = wanted;
  if (!networks.some(({ vni }) => bridges.has(bridgeOf(vni)))) return null;
  if (!isAlive && portTaken !== '') {
    return new ClockerError('network.refused', {
      message: `TCP port ${settingsOf(wanted).port} of ${hostName} is in use by ${portTaken}`,
      hint: 'Give the networks of the cloud another port: bgp.port, such as 1179.',
    });
  }
  if (routed.length > 0) {
    return new ClockerError('network.refused', {
      message: `${hostName} reaches ${routed.join(', ')} only by a router, which knows no addresses of containers`,
      hint: 'Networks by BGP need hosts on one LAN; vxlan does not.',
    });
  }
  return null;
}

interface Pass {
  readonly networkId: string;
  readonly rule: string;
}

/** Of Docker's chain for rules of others, as iptables lists them: hosts of a fresh engine forward nothing else. */
function passesOf({ planeId, underlay: { device } }: HostNetworks, { id, vni, subnet }: HostNetwork): readonly Pass[] {
  const bridge = bridgeOf(vni);
  const pass = (from: string, to: string): Pass => ({
    networkId: id,
    rule: `-s ${subnet} -d ${subnet} -i ${from} -o ${to} -m comment --comment clocker:${planeId} -j ACCEPT`,
  });
  return [pass(bridge, device), pass(device, bridge)];
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** In as few turns of the shell as texts of that length allow. */
async function apply(shell: RootShell, steps: readonly PlacedStep[]): Promise<void> {
  for (let at = 0; at < steps.length; ) {
    const some = firstThatFit(steps.slice(at));
    const turn = toShellTurn(some.map(toRun), `ends-${some[0]?.planeId}`);
    const { output, code } = await shell.run(turn.script, turn.text);
    if (code !== 0) {
      const results = turn.read(output);
      const told = (results.at(-1)?.output ?? output).trim().split('\n').slice(0, 2).join(' / ');
      throw new ClockerError('network.refused', { message: `${some[results.length - 1]?.text}: ${told}`, retryable: true });
    }
    at += some.length;
  }
}

function firstThatFit(steps: readonly PlacedStep[]): readonly PlacedStep[] {
  let characters = 0;
  const end = steps.findIndex((step, n) => {
    characters += toRun(step).text.length + 1;
    return n > 0 && characters > TURN_CHARACTERS;
  });
  return end < 0 ? steps : steps.slice(0, end);
}

function toRun(step: PlacedStep): { readonly script: string; readonly text: string } {
  const { planeId } = step;
  const folder = folderOf(planeId);
  switch (step.kind) {
    case 'rules':
      return { script: WRITE_RULES, text: `${folder} ${tableOf(planeId)}\n${step.content}` };
    case 'peers':
    case 'routes':
      return { script: WRITE_FILE, text: `${folder} ${step.kind}.conf\n${step.content}` };
    case 'pass':
      return { script: PASS, text: `-I ${step.rule}` };
    case 'unpass':
      return { script: PASS, text: `-D ${step.rule}` };
    case 'answer':
      return { script: ANSWER, text: step.bridge };
    case 'look':
      return { script: LOOK, text: String(routingTableOf(planeId)) };
    case 'note':
      return { script: NOTE_RULES, text: `${folder} ${tableOf(planeId)}` };
    case 'reload':
      return { script: RELOAD, text: folder };
    case 'start':
      return { script: START, text: folder };
    case 'end':
      return { script: END, text: `${folder} ${tableOf(planeId)} ${routingTableOf(planeId)}` };
  }
}
