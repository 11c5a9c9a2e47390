import type { HostId } from '../../domain/shared/ids.ts';
import type { Terminal } from '../../ports/terminal.ts';
import type { EngineContext } from '../engine-context.ts';

const LOOK_EVERY_MS = 2_000;
const LOOKS = 300;

/** Hangs up a shell whose host was away when it ended, once the host is back; given up after ten minutes. Never rejects. */
export async function closeLater(
  { hosts, clock }: Pick<EngineContext, 'hosts' | 'clock'>,
  { hostId, terminal }: { readonly hostId: HostId; readonly terminal: Terminal },
): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    await new Promise<void>((resolve) => void clock.after(LOOK_EVERY_MS, resolve));
    if (hosts.ready(hostId)?.state === 'up') return await terminal.close();
  }
}
