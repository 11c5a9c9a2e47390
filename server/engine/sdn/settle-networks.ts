import type { Host } from '../../domain/entity/host.ts';
import { toShellTurn } from '../../domain/network/shell-turn.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { HostNetworks, SdnStep } from '../../ports/sdn-provider.ts';
import type { EngineContext } from '../engine-context.ts';
import { hashOf } from '../spec-hash.ts';
import { createAssembler } from './assemble-hosts.ts';
import { fenced } from './fence.ts';
import { endNames, lookAtNames, settleNames } from './host-names.ts';
import { hasRules, lookAtRules, settleRules } from './host-rules.ts';
import { createTurns } from './in-turn.ts';
import { asRoot } from './root-shell.ts';
import { type Memory, type Refusal, type Shells, settleProvider, toRefusal } from './settle-provider.ts';
import { type WantedNetworks, wantedNetworks } from './wanted-networks.ts';

/** Brings virtual networks on hosts to what the records say; one host at a time is worked on once. */
export interface NetworkSettler {
  /** What can be done is done, whatever is refused beside it. Errors: host.*, conflict.stale. */
  pass(hostId: HostId): Promise<Settled>;
  /** A pass for those who need some networks (record ids). Errors: as `pass`, and what is refused of these. */
  settle(hostId: HostId, networkIds: readonly string[]): Promise<void>;
  /**
   * What stands against a network on a host for which hosts have to be brought together, before anything is made there. Errors: network.refused, host.*.
   */
  preflight(hostId: HostId, networkId: string): Promise<void>;
  /** Resolves when nothing of a network that is wanted no more is left on the host, whatever is refused of others. Errors: as `settle`. */
  release(hostId: HostId, networkId: string): Promise<void>;
}

export interface Settled {
  /** What was done; empty where all was right. */
  readonly done: readonly SdnStep[];
  /** Those of them that mend what was as it should be before: nobody has asked for another state meanwhile. */
  readonly mended: readonly SdnStep[];
  readonly refused: readonly Refused[];
}

/** `provider`: whose networks it is about; null where it is about all. */
export type Refused = Refusal & { readonly provider: string | null };

/** What a host should have by the records as they are now, and by what that is done. */
interface Wanting {
  readonly revision: number;
  readonly host: Host;
  readonly shells: Shells;
  readonly wanted: WantedNetworks;
  /** Of what providers are to do, and of all. */
  readonly providersHash: string;
  readonly hash: string;
}

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
  /** What was seen last, by host and provider. */
  const memories = new Map<string, Memory>();
  /** Providers that had nothing on a host when it was looked at, and have been asked for nothing since. */
  const absent = new Map<HostId, Set<string>>();

  async function pass(hostId: HostId): Promise<Settled> {
    const first = lookUp(hostId);
    const isSame = reached.get(hostId) === first.hash;
    const settled = readyNetworks(context, first.host);
    reached.delete(hostId);
    const begun = context.clock.now();
    const isThorough = isSame && begun >= (thoroughAt.get(hostId) ?? 0) + THOROUGH_MS;
    if (isThorough) thoroughAt.set(hostId, begun);
    const done: SdnStep[] = [];
    const refused: Refused[] = [];
    let last = first;
    // Names can wait for what has been asked for meanwhile: until it is there, nobody is reached by them.
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      refused.length = 0;
      const isOvertaken = (): boolean => {
        const { providersHash } = last;
        if (turn < MOST_TURNS - 1) last = latest(last);
        return last.providersHash !== providersHash;
      };
      const made = await settleProviders(last, isThorough && turn === 0);
      done.push(...made.done);
      refused.push(...made.refused);
      if (isOvertaken()) continue;
      const seen = await lookAtRest(last.shells);
      if (isOvertaken()) continue;
      const rest = await settleRest(last, seen);
      done.push(...rest.done);
      refused.push(...rest.refused);
      break;
    }
    if (refused.length === 0) reached.set(hostId, last.hash);
    const isAsIt = isSame && first.hash === last.hash;
    return { done, refused, mended: isAsIt ? done.filter(({ networkId }) => networkId !== undefined && settled.has(networkId)) : [] };
  }

  function lookUp(hostId: HostId): Wanting {
    const { revision, view } = context.store;
    const host = view.get('host', hostId);
    const session = context.hosts.ready(hostId);
    if (!host || !session) throw new ClockerError('host.unreachable', { message: `${host?.name ?? hostId} is not ready`, retryable: true });
    const shell = asRoot(session.shell, host.name);
    const changing = fenced(shell, { planeId: context.secrets.planeId, hostName: host.name, revision });
    const { byProvider, ...rest } = wantedNetworks(view, host, context);
    const providersHash = hashOf(byProvider);
    const hash = hashOf({ ...rest, providersHash });
    return { revision, host, shells: { shell, changing }, wanted: { byProvider, ...rest }, providersHash, hash };
  }

  /** As long as nothing at all has changed it is what it was. */
  function latest(last: Wanting): Wanting {
    return context.store.revision === last.revision ? last : lookUp(last.host.id);
  }

  async function settleProviders({ host, shells, wanted }: Wanting, isThorough: boolean) {
    const nothingOf = absent.get(host.id) ?? new Set<string>();
    absent.set(host.id, nothingOf);
    const done: SdnStep[] = [];
    const refused: Refused[] = [];
    for (const [id, provider] of context.plugins.sdnProviders) {
      const networks = wanted.byProvider[id] ?? [];
      if (networks.length === 0 && nothingOf.has(id)) continue;
      nothingOf.delete(id);
      const wantedHere = { ...own(context, host, networks.length > 0), isThorough, memory: memoryOf(`${host.id} ${id}`) };
      const outcome = await assembled(host, { provider, changing: shells.changing, networks }, (possible, isMaking) =>
        settleProvider(shells, provider, { ...wantedHere, networks: possible, isMaking }),
      );
      done.push(...outcome.done);
      if (outcome.refusal) refused.push({ ...outcome.refusal, provider: id });
      else if (networks.length === 0) nothingOf.add(id);
    }
    return { done, refused };
  }

  function memoryOf(key: string): Memory {
    const memory = memories.get(key) ?? { seen: null };
    memories.set(key, memory);
    return memory;
  }

  async function lookAtRest({ shell }: Shells): Promise<Rest> {
    const { planeId } = context.secrets;
    const turn = toShellTurn([lookAtRules(planeId), lookAtNames(planeId)], `ends-${planeId}`);
    const [rules, names] = turn.read((await shell.run(turn.script, turn.text)).output);
    return { rules: rules?.output ?? '', names: names?.output ?? '' };
  }

  async function settleRest({ host, shells: { changing }, wanted }: Wanting, seen: Rest) {
    const input = { planeId: context.secrets.planeId, hostName: host.name, names: wanted.names, closed: wanted.closed };
    const refused: Refused[] = [];
    const attempt = async (mayBeLeft: boolean, work: () => Promise<readonly SdnStep[]>): Promise<readonly SdnStep[]> => {
      try {
        return await work();
      } catch (error) {
        refused.push({ ...toRefusal(error, mayBeLeft), provider: null });
        return [];
      }
    };
    const tellNames = async (): Promise<readonly SdnStep[]> => {
      const told = await settleNames(changing, input, seen.names);
      for (const [id, error] of told.refused) refused.push({ error, mayBeLeft: false, provider: null, networkIds: [id] });
      return told.done;
    };
    const rules = await attempt(hasRules(seen.rules), () => settleRules(changing, input, seen.rules));
    const ended = await endNames(changing, input, seen.names);
    // What rules hold back is not to be reached by name without them.
    const told = refused.length > 0 ? [] : await attempt(false, tellNames);
    return { done: [...rules, ...ended, ...told], refused };
  }

  async function preflight(hostId: HostId, networkId: string): Promise<void> {
    const { host, shells, wanted } = lookUp(hostId);
    for (const [id, networks] of Object.entries(wanted.byProvider)) {
      const provider = context.plugins.sdnProviders.get(id);
      const network = networks.find((one) => one.id === networkId);
      const refused = network && (await provider?.assembly?.preflight({ name: host.name, shell: shells.shell }, [network]));
      for (const error of refused?.values() ?? []) throw error;
    }
  }

  const inOrder = (hostId: HostId): Promise<Settled> => inTurn(hostId, () => pass(hostId));

  return {
    preflight,
    pass: inOrder,
    async settle(hostId, networkIds) {
      const { refused } = await inOrder(hostId);
      const mine = refused.find((one) => networkIds.some((id) => concerns(context, one, id)));
      if (mine) throw mine.error;
    },
    async release(hostId, networkId) {
      const { refused } = await inOrder(hostId);
      const left = refused.find((one) => one.mayBeLeft && concerns(context, one, networkId));
      if (left) throw left.error;
    },
  };
}

/** What is refused stands against that network, too. */
export function concerns({ store }: Pick<EngineContext, 'store'>, { provider, networkIds }: Refused, networkId: string): boolean {
  const isOfProvider = provider === null || store.view.get('virtualNetwork', networkId)?.networking.provider === provider;
  return isOfProvider && (networkIds?.includes(networkId) ?? true);
}

/** What was seen of rules and names. */
interface Rest {
  readonly rules: string;
  readonly names: string;
}

/** Networks whose part on the host was made before: what is done about the others is no mending. */
function readyNetworks({ store }: EngineContext, host: Host): ReadonlySet<string> {
  const parts = [...store.view.all('network').values()].filter(({ hostId, state }) => hostId === host.id && state === 'ready');
  return new Set(parts.flatMap(({ reach }) => (reach ? [reach.networkId] : [])));
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
    if (!provider) continue;
    const observed = await provider.observe(shell, wanted);
    const refused = provider.refusal?.(wanted, observed);
    if (refused) throw refused;
    steps.push(...provider.plan(wanted, observed));
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
