import type { Host } from '../../domain/entity/host.ts';
import type { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { Assembling } from '../../ports/sdn-assembly.ts';
import type { HostNetwork, RootShell, SdnProvider } from '../../ports/sdn-provider.ts';
import type { EngineContext } from '../engine-context.ts';
import { hashOf } from '../spec-hash.ts';
import { createTurns } from './in-turn.ts';
import { type Outcome, type Refusal, toRefusal } from './settle-provider.ts';
import { toAssembling } from './to-assembling.ts';

/** What was right so long ago is looked at again; less than the time between two looks at a host whose networks do not change. Milliseconds. */
const LOOK_AGAIN_MS = 25_000;

interface Own {
  readonly provider: SdnProvider;
  readonly changing: RootShell;
  readonly networks: readonly HostNetwork[];
}

/** Nothing is made on a host that the others have not taken in (`isMaking`). */
type Settle = (networks: readonly HostNetwork[], isMaking: boolean) => Promise<Outcome>;
type Assembled = (host: Host, own: Own, settle: Settle) => Promise<Outcome>;

/**
 * What brings the hosts of a cloud together, around the settling of one of them; one host of a cloud at a time. Who only has other containers than a moment
 * ago need not wait for that: names and addresses are to be right at once.
 */
export function createAssembler(context: EngineContext): Assembled {
  const inTurn = createTurns();
  /** Of which hosts and networks what was right when, by provider and host. */
  const right = new Map<string, { readonly hash: string; readonly at: number }>();

  return async (host, { provider, changing, networks: all }, settle) => {
    const { assembly } = provider;
    if (!assembly || host.cloudId === null) return await settle(all, true);
    let networks = all;
    const look = (): Assembling => toAssembling(context, host, { provider: provider.id, changing, networks });
    const key = keyOf(provider, host.id);
    const known = right.get(key);
    const lock = `${provider.id} ${host.cloudId}`;
    right.delete(key);
    const isRight = known?.hash === toHash(look()) && context.clock.now() < known.at + LOOK_AGAIN_MS;
    if (isRight) {
      const outcome = await settle(networks, true);
      if (outcome.refusal === null) right.set(key, known);
      return outcome;
    }
    const at = context.clock.now();
    const impossible = all.length > 0 ? await assembly.preflight(look().self, all) : new Map<string, ClockerError>();
    networks = all.filter(({ id }) => !impossible.has(id));
    const gathered = await outcomeOf(false, async () => (networks.length > 0 ? await inTurn(lock, () => assembly.gather(look())) : []));
    const settled = await settle(networks, gathered.refusal === null);
    // Looked at only when it is its turn: what was asked for while it waited must not be taken for left over.
    const parted = await inTurn(lock, async () => {
      const last = look();
      return { hash: toHash(last), ...(await outcomeOf(true, () => assembly.part(last))) };
    });
    const outcomes = [gathered, settled, parted];
    const done = outcomes.flatMap((outcome) => outcome.done);
    const refusal = together(outcomes);
    if (refusal) return { done, refusal };
    const [error] = impossible.values();
    if (error) return { done, refusal: { error, mayBeLeft: false, networkIds: [...impossible.keys()] } };
    right.set(key, { hash: parted.hash, at });
    return { done, refusal: null };
  };
}

async function outcomeOf(mayBeLeft: boolean, work: () => Promise<Outcome['done']>): Promise<Outcome> {
  try {
    return { done: await work(), refusal: null };
  } catch (error) {
    return { done: [], refusal: toRefusal(error, mayBeLeft) };
  }
}

/** The first is told: the others may come of it. */
function together(outcomes: readonly Outcome[]): Refusal | null {
  const [first, ...rest] = outcomes.flatMap(({ refusal }) => refusal ?? []);
  return first ? { error: first.error, mayBeLeft: [first, ...rest].some(({ mayBeLeft }) => mayBeLeft) } : null;
}

function keyOf({ id }: SdnProvider, hostId: HostId): string {
  return `${id} ${hostId}`;
}

function toHash({ self, others, away, networks, inUse }: Assembling): string {
  const hosts = [self, ...others].map(({ id, address, isWanted }) => ({ id, address, isWanted }));
  return hashOf({ hosts, away, networks: networks.map(({ id }) => id), inUse: [...new Set(inUse)] });
}
