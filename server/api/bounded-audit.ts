import type { Clock } from '../ports/clock.ts';
import type { AuditEntry, AuditLog } from '../ports/store.ts';

const WINDOW_MS = 60_000;
/** Refusals of anonymous callers that are recorded one by one in a window. */
const PER_WINDOW = 100;

/**
 * An audit log that callers without an account cannot fill: beyond a number of refusals a minute, they are only counted, and the
 * count is recorded when the minute is over and another one comes.
 */
export function boundAudit(audit: AuditLog, clock: Pick<Clock, 'now'>): AuditLog {
  const window = { startedAt: 0, seen: 0 };

  async function appendAnonymous(entry: AuditEntry): Promise<void> {
    if (entry.at - window.startedAt >= WINDOW_MS) {
      const unrecorded = window.seen - PER_WINDOW;
      window.startedAt = entry.at;
      window.seen = 0;
      if (unrecorded > 0)
        await audit.append({ ...entry, action: 'refusals', detail: `${unrecorded} more were not recorded one by one`, at: clock.now() });
    }
    window.seen += 1;
    if (window.seen <= PER_WINDOW) await audit.append(entry);
  }

  return {
    append: (entry) => (entry.actor === 'anonymous' && entry.outcome !== 'ok' ? appendAnonymous(entry) : audit.append(entry)),
    list: (options) => audit.list(options),
  };
}
