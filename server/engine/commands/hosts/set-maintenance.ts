import type { HostId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { invalid, notFound, requireInCloud } from './require-valid.ts';

export interface MaintenanceInput {
  readonly hostId: HostId;
  readonly on: boolean;
  /** Why, at most 200 characters. */
  readonly note?: string | undefined;
}

/**
 * While somebody works on a host it gets no new containers, and is never declared lost: what runs there is not started elsewhere when the
 * machine goes away. It stays cordoned at the end where it was before. @throws ClockerError not-found | input.invalid
 */
export async function setMaintenance(context: Pick<EngineContext, 'store' | 'clock'>, by: string, input: MaintenanceInput): Promise<void> {
  const note = input.note?.trim() ?? '';
  if (note.length > 200) throw invalid('The note is too long', 'Use at most 200 characters.');
  await context.store.commit((draft) => {
    const host = draft.get('host', input.hostId);
    if (!host) throw notFound('host', input.hostId);
    requireInCloud(host);
    const { maintenance, ...rest } = host;
    if (!input.on) {
      if (maintenance) draft.put('host', rest);
      return;
    }
    draft.put('host', { ...rest, maintenance: { since: maintenance?.since ?? context.clock.now(), by, note } });
  });
}
