import type { HostKey } from '../../../domain/entity/host.ts';
import type { HostId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { notFound, requireFingerprint } from './require-valid.ts';

/**
 * Pins another key after a person has compared it; the host is dialled again at once.
 * @throws ClockerError input.invalid | not-found
 */
export async function acceptHostKey(
  context: Pick<EngineContext, 'store' | 'clock' | 'log'>,
  input: { readonly hostId: HostId; readonly hostKey: HostKey },
): Promise<void> {
  requireFingerprint(input.hostKey);
  const { type, fingerprint } = input.hostKey;
  const before = await context.store.commit((draft) => {
    const host = draft.get('host', input.hostId);
    if (!host) throw notFound('host', input.hostId);
    const same = host.hostKey.type === type && host.hostKey.fingerprint === fingerprint;
    // The pinned key once more: the host has it back, but is not dialled by itself after it showed another.
    if (same && host.state !== 'refused') return null;
    const reason = `Connecting to ${host.name} with ${same ? 'its key' : 'its new key'}`;
    draft.put('host', { ...host, hostKey: { type, fingerprint }, state: 'connecting', reason, since: context.clock.now() });
    return same ? null : host.hostKey;
  });
  if (before) context.log.warn('host key replaced', { hostId: input.hostId, from: before.fingerprint, to: fingerprint });
}
