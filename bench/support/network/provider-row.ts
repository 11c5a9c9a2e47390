import { CLOUD, eventually } from '../../../e2e/support/api.ts';
import type { SdnProvider } from '../../../server/ports/sdn-provider.ts';
import { median, rounded } from '../bench.ts';
import type { BenchConsole } from '../bench-console.ts';
import { attachments } from './attach.ts';
import type { BenchMachine } from './bench-machine.ts';
import { reprogrammed } from './endpoints.ts';
import { deployMembers, findMember } from './members.ts';
import { moveOutages } from './move-outage.ts';
import { listenAt, pingMs, throughput, type Way, whenReached } from './traffic.ts';

const DEPLOY_MS = 120_000;
const REPROGRAM_ROUNDS = 3;
const ATTACHMENTS = 7;
const FIRST_ATTACHMENTS = 3;
const MOVES = 4;
const MOST_PINGS = 7;

/** A provider in one of its modes. */
export interface ProviderMode {
  /** As the table has it. */
  readonly name: string;
  readonly provider: SdnProvider;
  readonly config: Readonly<Record<string, string>>;
}

/** What a network of a provider does, beside what was measured in the same rounds without it. */
export interface ProviderRow {
  readonly name: string;
  /** Gbit/s of each round. */
  readonly ours: readonly number[];
  readonly handBuilt: readonly number[];
  readonly direct: readonly number[];
  /** Milliseconds of each round. */
  readonly ping: readonly number[];
  readonly directPing: readonly number[];
  readonly reprogramMs: readonly number[];
  /** From a call of `network.attach` to the first answer, over the same of a bare veth, where the host has the network already. */
  readonly attachOverFloorMs: readonly number[];
  /** The same where the host has to make the network first. */
  readonly firstAttachOverFloorMs: readonly number[];
  /** In which nothing answered while a container was moved with its address, once a move. */
  readonly moveOutageMs: readonly number[];
}

export interface MeasuredWays {
  readonly handBuilt: Way;
  readonly direct: Way;
}

export interface MeasureOptions {
  readonly console: BenchConsole;
  readonly machines: readonly [BenchMachine, BenchMachine];
  readonly ways: MeasuredWays;
  readonly rounds: number;
  /** Of one transfer. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** Deploys containers on two hosts with networks of the provider, measures, and removes them. */
export async function measureProvider({ name, provider, config }: ProviderMode, options: MeasureOptions): Promise<ProviderRow> {
  const { console, machines, signal, say } = options;
  const { api } = console;
  const cloud = (await api.cloud.list.query()).find((one) => one.name === CLOUD);
  if (!cloud) throw new Error(`no cloud ${CLOUD}`);
  await api.cloud.update.mutate({ cloudId: cloud.id, networking: { provider: provider.id, config } });
  try {
    const deployed = await deployMembers({ console, machines }, AbortSignal.any([signal, AbortSignal.timeout(DEPLOY_MS)]));
    const way: Way = [await findMember(deployed, 'first', 'back'), await findMember(deployed, 'second', 'back')];
    await whenReached(way);
    await listenAt(way[1]);
    const sides = { ours: way, ...options.ways };
    const rates = await inTurn(options, sides, (side) => throughput(side, options.seconds));
    const pings = await inTurn({ ...options, rounds: Math.min(options.rounds, MOST_PINGS) }, sides, pingMs);
    const attaching = { handBuilt: options.ways.handBuilt, signal, say };
    return {
      name,
      ...rates,
      ping: pings.ours,
      directPing: pings.direct,
      attachOverFloorMs: await attachments(deployed, 'side', { ...attaching, times: ATTACHMENTS }),
      firstAttachOverFloorMs: await attachments(deployed, 'far', { ...attaching, times: FIRST_ATTACHMENTS }),
      moveOutageMs: await moveOutages(deployed, MOVES, signal),
      // Last: a second BIRD on a host takes part in what the first has for BFD.
      reprogramMs: await reprogrammed({ provider, config }, machines[0], machines[1], REPROGRAM_ROUNDS),
    };
  } finally {
    for (const { id: applicationId } of await api.application.list.query({}))
      await api.application.delete.mutate({ applicationId, removeVolumes: true });
    await eventually('its networks are gone', 60_000, async () => (await api.network.list.query()).length === 0);
    await api.cloud.update.mutate({ cloudId: cloud.id, networking: null });
  }
}

type Sides<T> = Readonly<Record<'ours' | 'handBuilt' | 'direct', T>>;

/** All sides in each round, another first each time, so that drift hits them alike. */
async function inTurn(
  { rounds, signal, say }: Pick<MeasureOptions, 'rounds' | 'signal' | 'say'>,
  sides: Sides<Way>,
  measure: (way: Way) => Promise<number>,
): Promise<Sides<number[]>> {
  const values = { ours: [] as number[], handBuilt: [] as number[], direct: [] as number[] };
  const names = ['ours', 'handBuilt', 'direct'] as const;
  for (let n = 0; n < rounds; n++) {
    for (let k = 0; k < names.length; k++) {
      signal.throwIfAborted();
      const name = names[(n + k) % names.length] ?? 'ours';
      values[name].push(await measure(sides[name]));
    }
    say(`round ${n + 1} of ${rounds}: ${names.map((name) => `${name} ${rounded(values[name].at(-1) ?? 0)}`).join(', ')}`);
  }
  return values;
}

/** Each round's own ratio. */
export function ratios(ours: readonly number[], reference: readonly number[]): readonly number[] {
  return ours.map((value, n) => value / (reference[n] ?? Number.NaN));
}

export function medianRounded(values: readonly number[]): number {
  return rounded(median(values));
}
