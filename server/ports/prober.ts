import type { FeedAnswer, Probe } from '../domain/adjunct/feed.ts';
import type { Dialer } from './host-session.ts';

/** What can be asked over the network, from where the console runs or through a host. */
export type NetworkProbe = Exclude<Probe, { readonly kind: 'command' | 'password' }>;
export type NetworkAnswer = Exclude<FeedAnswer, { readonly kind: 'command' | 'password' }>;

export interface AskOptions {
  /** From the question to the whole answer, names and handshakes included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** The console's own machine may be asked: it is itself a host. Otherwise what listens there is nobody's business. */
  readonly ownMachine: boolean;
  /**
   * Asked from there instead of from the console. Names are resolved there and no address is refused: whoever gives it has chosen the address.
   * Connections of plain HTTP are kept, one for each address, while the same one asks again.
   */
  readonly through?: Dialer;
}

/** Asks web servers and sockets. */
export interface Prober {
  /**
   * One question, over no proxy; redirects are an answer like any other. Never rejects: what does not answer, or with more than 1 MiB, is an answer
   * of the kind `failed`. Services that tell machines of clouds who they are (169.254.169.254 …) are never asked.
   */
  ask(probe: NetworkProbe, options: AskOptions): Promise<NetworkAnswer>;
}
