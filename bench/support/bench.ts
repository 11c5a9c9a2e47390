/** What `npm run bench -- NAME --json` prints: one object, comparable from run to run by its ratio only. */
export interface BenchResult {
  readonly name: string;
  readonly unit: string;
  /** Median over rounds. */
  readonly ours: number;
  readonly reference: number;
  /** Median of the rounds' own ratios ours / reference, or reference / ours where `better` is `higher`. */
  readonly ratio: number;
  readonly spread: { readonly min: number; readonly max: number };
  readonly rounds: number;
  readonly target: string;
  readonly met: boolean;
  readonly detail: Readonly<Record<string, number | string>>;
}

export interface Bench {
  readonly name: string;
  readonly what: string;
  run(options: BenchOptions): Promise<BenchResult>;
}

export interface BenchOptions {
  readonly rounds: number | null;
  /** Aborted when the bench is to end before its time; what it made is removed then too. */
  readonly signal: AbortSignal;
  /** Tells how far it is, on stderr. */
  say(line: string): void;
}

export interface Round {
  readonly ours: number;
  readonly reference: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function percentile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}

/** Summary of rounds whose `ours` and `reference` were measured side by side. */
export function summarise(rounds: readonly Round[]): Pick<BenchResult, 'ours' | 'reference' | 'ratio' | 'spread' | 'rounds'> {
  const ratios = rounds.map((round) => round.ours / round.reference);
  return {
    ours: rounded(median(rounds.map((round) => round.ours))),
    reference: rounded(median(rounds.map((round) => round.reference))),
    ratio: rounded(median(ratios)),
    spread: { min: rounded(Math.min(...ratios)), max: rounded(Math.max(...ratios)) },
    rounds: rounds.length,
  };
}

/** Runs both sides in each round, the order turning from round to round, so that drift hits both alike. */
export async function alternate(
  { rounds: count, say, signal }: { readonly rounds: number } & Pick<BenchOptions, 'say' | 'signal'>,
  ours: () => Promise<number>,
  reference: () => Promise<number>,
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let n = 0; n < count; n++) {
    signal.throwIfAborted();
    const first = n % 2 === 0 ? await ours() : await reference();
    const second = n % 2 === 0 ? await reference() : await ours();
    const round = n % 2 === 0 ? { ours: first, reference: second } : { ours: second, reference: first };
    rounds.push(round);
    say(`round ${n + 1} of ${count}: ours ${rounded(round.ours)}, reference ${rounded(round.reference)}`);
  }
  return rounds;
}

export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
