import type { ApiServices } from '../api/request-context.ts';
import { toErrorView } from '../domain/shared/clocker-error.ts';
import type { TerminalEnd } from '../domain/terminal/terminal-message.ts';
import type { FoundTarget, TerminalTarget } from '../engine/terminals/terminal-target.ts';
import type { Principal } from '../ports/auth.ts';
import { chainOf } from './terminal-access.ts';

export interface TerminalAudit {
  /** A shell of which nothing can be recorded is not handed out: throws what the store throws. */
  opened(target: TerminalTarget, found: FoundTarget): Promise<void>;
  ended(target: TerminalTarget | null, how: { readonly last: TerminalEnd; readonly wasOpen: boolean }): Promise<void>;
}

/** Who had a shell or a connection where, when and for how long. What was typed and printed is recorded nowhere. */
export function createTerminalAudit(
  { audit, engine, log }: ApiServices,
  { principal, remote }: { readonly principal: Principal; readonly remote: string },
): TerminalAudit {
  const { clock, ids } = engine;
  const terminal = ids.next();
  let openedAt = 0;

  const append = (action: string, target: TerminalTarget | null, outcome: 'ok' | 'denied' | 'failed', detail: object): Promise<void> => {
    const scope = target === null ? 'system' : (chainOf(target, engine.store.view)?.[0] ?? 'system');
    return audit.append({
      at: clock.now(),
      actor: principal.username,
      action,
      scope,
      outcome,
      detail: JSON.stringify({ terminal, ...detail }),
      remote,
    });
  };

  const verb = (target: TerminalTarget | null): string => (target?.kind === 'port' ? 'forward' : 'terminal');
  return {
    async opened(target, { title, containerName }) {
      openedAt = clock.now();
      const { kind, ...where } = target;
      await append(`${verb(target)}.open`, target, 'ok', { kind, title, containerName, ...where });
    },
    async ended(target, { last, wasOpen }) {
      try {
        if (wasOpen) {
          await append(`${verb(target)}.close`, target, 'ok', {
            reason: last.reason,
            seconds: Math.round((clock.now() - openedAt) / 1_000),
          });
        } else if (last.error) {
          await append(`${verb(target)}.open`, target, last.error.code === 'auth.forbidden' ? 'denied' : 'failed', {
            why: last.error.message,
          });
        }
      } catch (error) {
        log.error('the end of a terminal could not be recorded', { terminal, error: toErrorView(error) });
      }
    },
  };
}
