import type { NetworkRecord } from '../../domain/network/network-record.ts';
import { inWords, isHostAway, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { Draft } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { createHostHealth } from '../sdn/host-health.ts';
import { concerns, type NetworkSettler } from '../sdn/settle-networks.ts';
import { tellMended } from '../sdn/tell-mended.ts';

/** A part that is not made after that long is waited for no longer. Milliseconds. */
const MAKING_MS = 5_000;

/**
 * Keeps the parts of virtual networks on a host as they should be (key `sdn:<host id>`): where each address is, and its names. Woken by every change of
 * who is on a network of the host, and each 30 s, so that what somebody else has changed is mended.
 */
export function registerSdnController(context: EngineContext, settler: NetworkSettler): void {
  const { store, queue, hosts, log } = context;
  const health = createHostHealth(context);
  queue.register('sdn', async (id) => {
    const host = store.view.get('host', id);
    if (host?.state !== 'ready' || !hosts.ready(host.id)) return;
    const all = [...store.view.all('network').values()].filter(({ hostId, reach }) => hostId === host.id && reach);
    const parts = all.filter(({ state }) => state === 'ready');
    if (parts.length === 0) return;
    // Who makes it has the host settled then: a pass before that would only be waited for.
    const made = all.find(({ state, createdAt }) => state === 'planned' && context.clock.now() < createdAt + MAKING_MS);
    if (made) return queue.lookAgain(`sdn:${host.id}`, made.createdAt + MAKING_MS);
    const { done, mended, refused } = await settler.pass(host.id).catch(async (error: unknown) => {
      const failure = toClockerError(error);
      if (!isHostAway(failure) && failure.code !== 'cancelled') await tell(() => inWords(failure));
      throw error;
    });
    if (done.length > 0) log.info('networks settled', { host: host.name, steps: done.slice(0, 20).map(({ text }) => text) });
    await tell(({ reach }) => {
      const mine = refused.find((one) => reach && concerns(context, one, reach.networkId));
      return mine ? inWords(mine.error) : '';
    });
    await tellMended(context, host, mended);
    const [first] = refused;
    if (first) throw first.error;
    await health.look(host);

    async function tell(problemOf: (part: NetworkRecord) => string): Promise<void> {
      if (parts.every((part) => part.problem === problemOf(part))) return;
      await store.commit((draft) => {
        for (const part of parts) patch(draft, part.id, problemOf(part));
      });
    }
  });
}

function patch(draft: Draft, id: string, problem: string): void {
  const part = draft.get('network', id);
  if (part?.state === 'ready') draft.put('network', { ...part, problem });
}
