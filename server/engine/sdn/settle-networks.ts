import type { Host } from '../../domain/entity/host.ts';
import { toShellTurn } from '../../domain/network/shell-turn.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { HostNetworks, RootShell, SdnProvider, SdnStep } from '../../ports/sdn-provider.ts';
import type { EngineContext } from '../engine-context.ts';
import { hashOf } from '../spec-hash.ts';
import { createAssembler } from './assemble-hosts.ts';
import { fenced } from './fence.ts';
import { lookAtNames, settleNames } from './host-names.ts';
import { lookAtRules, settleRules } from './host-rules.ts';
import { createTurns } from './in-turn.ts';
import { asRoot } from './root-shell.ts';
import { type WantedNetworks, wantedNetworks } from './wanted-networks.ts';

/** Brings virtual networks on hosts to what the records say; one host at a time is worked on once. */
export interface NetworkSettler {
  /** Errors: those of providers, network.refused, host.*. */
  settle(hostId: HostId): Promise<Settled>;
}

export interface Settled {
  /** What was done; empty where all was right. */
  readonly done: readonly SdnStep[];
  /** Those of them that mend what was as it should be before: nobody has asked for another state meanwhile. */
  readonly mended: readonly SdnStep[];
}

/** One to look, and one to change something with. */
interface Shells {
  readonly shell: RootShell;
  readonly changing: RootShell;
}

/** What a host should have by the records as they are now, and by what that is done. */
interface Wanting {
  readonly host: Host;
  readonly shells: Shells;
  readonly wanted: WantedNetworks;
}

type Looked = Pick<WantedNetworks, 'byProvider'> & { readonly isThorough: boolean };

/** Once at most it is begun again for what was asked for meanwhile, before names are told: they must not wait for long either. */
const MOST_TURNS = 2;
/** What is costly to look at is not looked at more often; less than the time between two looks at a host whose networks do not change. Milliseconds. */
const THOROUGH_MS = 25_000;

export function createNetworkSettler(context: EngineContext): NetworkSettler {
  const inTurn = createTurns();
  const assembled = createAssembler(context);
  /** What each host was brought to. */
  const reached = new Map<HostId, string>();
  /** When each host was last looked at thoroughly. */
  const thoroughAt = new Map<HostId, number>();
  /** Providers that had nothing on a host when it was looked at, and have been asked for nothing since. */
  const absent = new Map<HostId, Set<string>>();

  async function settle(hostId: HostId): Promise<Settled> {
    const first = lookUp(hostId);
    const isSame = reached.get(hostId) === hashOf(first.wanted);
    const settled = readyNetworks(context, first.host);
    reached.delete(hostId);
    const begun = context.clock.now();
    const isThorough = isSame && begun >= (thoroughAt.get(hostId) ?? 0) + THOROUGH_MS;
    if (isThorough) thoroughAt.set(hostId, begun);
    const done: SdnStep[] = [];
    let { wanted, shells, host } = first;
    const isOvertaken = (): boolean => {
      const latest = lookUp(hostId);
      if (hashOf(latest.wanted.byProvider) === hashOf(wanted.byProvider)) return false;
      ({ wanted, shells, host } = latest);
      return true;
    };
    // Names can wait for what has been asked for meanwhile: until it is there, nobody is reached by them.
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      done.push(...(await settleProviders(host, shells, { ...wanted, isThorough: isThorough && turn === 0 })));
      if (turn < MOST_TURNS - 1 && isOvertaken()) continue;
      const seen = await lookAtRest(shells);
      if (turn < MOST_TURNS - 1 && isOvertaken()) continue;
      const input = { planeId: context.secrets.planeId, hostName: host.name };
      // Before what they hold back can be reached by name.
      done.push(...(await settleRules(shells.changing, { ...input, closed: wanted.closed }, seen.rules)));
      done.push(...(await settleNames(shells.changing, { ...input, names: wanted.names }, seen.names)));
      break;
    }
    reached.set(hostId, hashOf(wanted));
    const isAsIt = isSame && hashOf(first.wanted) === hashOf(wanted);
    return { done, mended: isAsIt ? done.filter(({ networkId }) => networkId !== undefined && settled.has(networkId)) : [] };
  }

  function lookUp(hostId: HostId): Wanting {
    const host = context.store.view.get('host', hostId);
    const session = context.hosts.ready(hostId);
    if (!host || !session) throw new ClockerError('host.unreachable', { message: `${host?.name ?? hostId} is not ready`, retryable: true });
    const shell = asRoot(session.shell, host.name);
    const changing = fenced(shell, { planeId: context.secrets.planeId, hostName: host.name, revision: context.store.revision });
    return { host, shells: { shell, changing }, wanted: wantedNetworks(context.store.view, host, context) };
  }

  async function settleProviders(host: Host, shells: Shells, { byProvider, isThorough }: Looked): Promise<readonly SdnStep[]> {
    const nothingOf = absent.get(host.id) ?? new Set<string>();
    absent.set(host.id, nothingOf);
    const done: SdnStep[] = [];
    for (const [id, provider] of context.plugins.sdnProviders) {
      const networks = byProvider[id] ?? [];
      if (networks.length === 0 && nothingOf.has(id)) continue;
      nothingOf.delete(id);
      const wantedHere = { ...own(context, host, networks.length > 0), networks, isThorough };
      done.push(
        ...(await assembled(host, { provider, changing: shells.changing, networks }, () => settleOne(shells, provider, wantedHere))),
      );
      if (networks.length === 0) nothingOf.add(id);
    }
    return done;
  }

  async function lookAtRest({ shell }: Shells): Promise<{ readonly rules: string; readonly names: string }> {
    const { planeId } = context.secrets;
    const turn = toShellTurn([lookAtRules(planeId), lookAtNames(planeId)], `ends-${planeId}`);
    const [rules, names] = turn.read((await shell.run(turn.script, turn.text)).output);
    return { rules: rules?.output ?? '', names: names?.output ?? '' };
  }

  return {
    async settle(hostId) {
      return await inTurn(hostId, () => settle(hostId));
    },
  };
}

/** Networks whose part on the host was made before: what is done about the others is no mending. */
function readyNetworks({ store }: EngineContext, host: Host): ReadonlySet<string> {
  const parts = [...store.view.all('network').values()].filter(({ hostId, state }) => hostId === host.id && state === 'ready');
  return new Set(parts.flatMap(({ reach }) => (reach ? [reach.networkId] : [])));
}

async function settleOne({ shell, changing }: Shells, provider: SdnProvider, wanted: HostNetworks): Promise<readonly SdnStep[]> {
  const steps = provider.plan(wanted, await provider.observe(shell, wanted));
  if (steps.length > 0) await provider.apply(changing, steps);
  return [...new Map(steps.map((step) => [`${step.networkId} ${step.text}`, step])).values()];
}

/** What a host lacks of one network, in words, without doing anything about it. Errors: those of providers, network.refused, host.*. */
export async function missingOn(context: EngineContext, host: Host, networkId: string): Promise<readonly string[]> {
  const session = context.hosts.ready(host.id);
  if (!session) throw new ClockerError('host.unreachable', { message: `${host.name} is not ready`, retryable: true });
  const shell = asRoot(session.shell, host.name);
  const steps: SdnStep[] = [];
  for (const [id, networks] of Object.entries(wantedNetworks(context.store.view, host, context).byProvider)) {
    const provider = context.plugins.sdnProviders.get(id);
    const wanted = { ...own(context, host, true), networks, isThorough: true };
    if (provider) steps.push(...provider.plan(wanted, await provider.observe(shell, wanted)));
  }
  return [...new Set(steps.flatMap((step) => (step.networkId === networkId ? [step.text] : [])))];
}

function own({ secrets }: EngineContext, host: Host, isNeeded: boolean): Omit<HostNetworks, 'networks' | 'isThorough'> {
  const underlay = host.facts?.underlay;
  if (!underlay && isNeeded) {
    throw new ClockerError('network.refused', {
      message: `${host.name} has not told at which address other hosts reach it`,
      hint: 'It needs the command ip (package iproute2).',
      retryable: true,
    });
  }
  return { hostName: host.name, planeId: secrets.planeId, underlay: underlay ?? { address: '', device: '', mtu: 0 } };
}
