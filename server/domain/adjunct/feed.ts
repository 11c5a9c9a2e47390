import type { Json } from '../shared/json.ts';
import type { Looking } from './behaviour.ts';

/** Where sensors come from: something is asked again and again. What is asked and what the answer means is pure; the engine asks. */
export interface FeedBehaviour<Config = unknown> {
  /** Null: there is nothing to ask now; `waitingFor` says why, where that is worth a word. */
  poll(config: Config, looking: Looking): FeedPlan | { readonly waitingFor: string } | null;
  /** What an answer says. A sensor that is null goes. */
  sensors(config: Config, answer: FeedAnswer, looking: Looking): Readonly<Record<string, Json>>;
  /** What is wrong with an answer that has come; null where nothing is. It is asked less and less often while something is. */
  problem?(config: Config, answer: FeedAnswer, looking: Looking): string | null;
}

export interface FeedPlan {
  /** Milliseconds from one question to the next; null asks once, and again when the plan changes. */
  readonly periodMs: number | null;
  readonly timeoutMs: number;
  /** Asks nothing while its entity does not serve. */
  readonly onlyIfUp: boolean;
  /** Sensors of its own entity whose change asks at once. */
  readonly triggers?: readonly string[];
  readonly probe: Probe;
}

export type Probe =
  /** Run where the entity runs, by `sh`, the text on its standard input. */
  | { readonly kind: 'command'; readonly script: string; readonly env: Readonly<Record<string, string>>; readonly folder?: string }
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly method: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: string;
      /** Sent as basic authentication. */
      readonly login?: { readonly user: string; readonly password: string };
      /** Any certificate will do. */
      readonly insecure?: boolean;
    }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'tls'; readonly host: string; readonly port: number; readonly serverName?: string; readonly insecure?: boolean }
  /** Made by the console: always the same for one adjunct. Each group of characters occurs. */
  | { readonly kind: 'password'; readonly length: number; readonly characters: string; readonly groups: readonly string[] };

/** `at`: when it came, milliseconds since the epoch. `tookMs`: from the question to the answer. */
export type FeedAnswer = { readonly at: number; readonly tookMs: number } & (
  | { readonly kind: 'command'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'http'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly kind: 'tcp' }
  /** When the certificate ends, milliseconds since the epoch. */
  | { readonly kind: 'tls'; readonly validUntil: number; readonly subject: string }
  /** What stands for it wherever it is kept or shown. */
  | { readonly kind: 'password'; readonly standIn: string }
  /** Nothing answered, or not in time. */
  | { readonly kind: 'failed'; readonly problem: string }
);
