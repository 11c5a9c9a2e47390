import type { EngineContext } from '../engine/engine-context.ts';
import type { TerminalTickets } from '../engine/terminals/terminal-tickets.ts';
import type { Auth } from '../ports/auth.ts';
import type { Log } from '../ports/log.ts';
import type { AuditLog } from '../ports/store.ts';
import type { RecordViews } from './masking/record-views.ts';

/** What procedures work with. Made once, in `main.ts`. */
export interface ApiServices {
  readonly engine: EngineContext;
  readonly auth: Auth;
  readonly audit: AuditLog;
  readonly tickets: TerminalTickets;
  readonly log: Log;
  readonly views: RecordViews;
  readonly about: { readonly version: string; readonly store: 'sqlite' | 'postgres'; readonly startedAt: number };
}

/** One call of one procedure. */
export interface RequestContext {
  readonly services: ApiServices;
  readonly headers: Headers;
  /** Address of the other end of the socket. */
  readonly remote: string;
  readonly requestId: string;
  /** Resolves when this client may be sent more, or `stop` aborts; at once over plain HTTP. */
  drained(stop: AbortSignal): Promise<void>;
}
