import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Dialer } from '../../ports/host-session.ts';

const IDLE_MS = 60_000;

/** Plain HTTP over connections that are opened from elsewhere, kept while they are of use. */
export class DialingAgent extends Agent {
  readonly #dialer: Dialer;

  constructor(dialer: Dialer) {
    super({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 8 });
    this.#dialer = dialer;
  }

  override createConnection({
    host,
    port,
  }: {
    readonly host?: string | null | undefined;
    readonly port?: string | number | null | undefined;
  }): Duplex {
    return this.#dialer.dial(host ?? '', Number(port));
  }
}
