/** What one host has found when it tried another over a network. */
export interface PairProbe {
  /** A packet as large as the network takes passes, whole. */
  readonly whole: boolean;
  /** A small one does. */
  readonly small: boolean;
  /** The other answers outside of the network. */
  readonly underlay: boolean;
}

export interface Pair {
  readonly from: string;
  readonly to: string;
  /** What has to pass between them: `UDP 4789`. */
  readonly needs: string;
  /** Bytes of the network’s largest packet. */
  readonly mtu: number;
}

/** Why two hosts do not reach each other over a network, in one sentence with what to do; empty where they do. */
export function pairReason({ whole, small, underlay }: PairProbe, { from, to, needs, mtu }: Pair): string {
  if (whole) return '';
  if (small)
    return `Packets of ${mtu} bytes do not pass from ${from} to ${to}, smaller ones do: see that the MTU between them is that of their interfaces`;
  if (underlay) return `${needs} from ${from} to ${to} does not pass: let it through, both ways`;
  return `${from} gets no answer from ${to}, through the network or outside of it: see what holds packets back between them`;
}

/** So many failures in a row are told: one may be a moment in which the other end was not as far yet. */
export const FAILURES_TO_TELL = 3;

export interface PairMemory {
  /** As it was told; undefined before anything was. */
  readonly told: string | undefined;
  /** In a row. */
  readonly failures: number;
}

/** What is to be told of a pair after it was tried once more. An answer is believed at once. */
export function nextPair({ told, failures }: PairMemory, reason: string): PairMemory {
  if (reason === '') return { told: '', failures: 0 };
  const count = failures + 1;
  return count < FAILURES_TO_TELL ? { told, failures: count } : { told: reason, failures: count };
}
