import { CLOUD, eventually } from '../../../e2e/support/api.ts';
import type { SdnProvider } from '../../../server/ports/sdn-provider.ts';
import { median, rounded } from '../bench.ts';
import { type BenchConsole, whenEntities } from '../bench-console.ts';
import { BUSYBOX, rawEngine } from '../raw-engine.ts';
import { attachedMs, floorMs } from './attach.ts';
import type { BenchMachine } from './bench-machine.ts';
import { reprogrammed } from './endpoints.ts';
import { listenAt, pingMs, throughput, type Way, type WayEnd, whenReached } from './traffic.ts';

const DEPLOY_MS = 120_000;
const REPROGRAM_ROUNDS = 3;
const ATTACHMENTS = 5;

/** What a provider's network does, beside what was measured in the same rounds without it. */
export interface ProviderRow {
  readonly provider: string;
  /** Gbit/s of each round. */
  readonly ours: readonly number[];
  readonly handBuilt: readonly number[];
  readonly direct: readonly number[];
  /** Milliseconds of each round. */
  readonly ping: readonly number[];
  readonly directPing: readonly number[];
  readonly reprogramMs: readonly number[];
  /** From a call of `network.attach` to the first answer, over the same of a bare veth. */
  readonly attachOverFloorMs: readonly number[];
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

/** Deploys two containers on two hosts with a network of the provider, measures, and removes them. */
export async function measureProvider(provider: SdnProvider, options: MeasureOptions): Promise<ProviderRow> {
  const { console, machines } = options;
  const { api } = console;
  const cloud = (await api.cloud.list.query()).find(({ name }) => name === CLOUD);
  if (!cloud) throw new Error(`no cloud ${CLOUD}`);
  await api.cloud.update.mutate({ cloudId: cloud.id, networking: { provider: provider.id } });
  const { applicationId } = await api.application.deploy.mutate({ text: BLUEPRINT, location: CLOUD });
  try {
    const limit = AbortSignal.any([options.signal, AbortSignal.timeout(DEPLOY_MS)]);
    await whenEntities(console, limit, (all) => all.size === 3 && [...all.values()].every(({ actual }) => actual === 'RUNNING'));
    const way = await findWay(options);
    await whenReached(way);
    await listenAt(way[1]);
    const sides = { ours: way, ...options.ways };
    const rates = await inTurn(options, sides, (side) => throughput(side, options.seconds));
    const pings = await inTurn({ ...options, rounds: Math.min(options.rounds, 7) }, sides, pingMs);
    const reprogramMs = await reprogrammed(provider, machines[0], machines[1], REPROGRAM_ROUNDS);
    const attachOverFloorMs = await attachments(options);
    return { provider: provider.id, ...rates, ping: pings.ours, directPing: pings.direct, reprogramMs, attachOverFloorMs };
  } finally {
    await api.application.delete.mutate({ applicationId, removeVolumes: true });
    await eventually('its networks are gone', 60_000, async () => (await api.network.list.query()).length === 0);
    await api.cloud.update.mutate({ cloudId: cloud.id, networking: null });
  }
}

const BLUEPRINT = [
  'name: bench-network',
  'services:',
  ...['first', 'second'].flatMap((id) => [
    `- type: docker:${BUSYBOX}`,
    `  id: ${id}`,
    `  brooklyn.config: { docker.image.commands: [sleep, infinity], docker.container.networks: [back${id === 'first' ? ', side' : ''}], stop.timeout: 0 }`,
  ]),
].join('\n');

async function findEnds({ console: { api }, machines }: MeasureOptions, name: string): Promise<readonly WayEnd[]> {
  const network = (await api.network.list.query()).find((one) => one.name === name);
  const hosts = await api.host.list.query();
  return await Promise.all(
    (network?.members ?? []).map(async ({ entityId, hostId, address }): Promise<WayEnd> => {
      const machine = machines.find(({ name }) => name === hosts.find(({ id }) => id === hostId)?.name);
      if (!machine || address === null) throw new Error('a container without a host or an address');
      const docker = rawEngine(machine.socketPath);
      const [found] = await docker.listContainers({ filters: { label: [`io.clocker.entity=${entityId}`] } });
      const pid = found && (await docker.getContainer(found.Id).inspect()).State.Pid;
      return { machine, namespace: `/proc/${pid}/ns/net`, address };
    }),
  );
}

async function findWay(options: MeasureOptions): Promise<Way> {
  const [first, second] = await findEnds(options, 'back');
  if (!first || !second || first.machine === second.machine) throw new Error('the containers are not on two hosts');
  return [first, second];
}

/** Once a try: the second container joins the first on a further network. */
async function attachments(options: MeasureOptions): Promise<readonly number[]> {
  const { api } = options.console;
  const [watcher] = await findEnds(options, 'side');
  const all = await api.network.list.query();
  const [back, side] = ['back', 'side'].map((name) => all.find((one) => one.name === name));
  const here = side?.members[0]?.entityId;
  const entityId = back?.members.find((member) => member.entityId !== here)?.entityId;
  const [handBuilt] = options.ways.handBuilt;
  if (!watcher || !entityId || !side?.subnet) throw new Error('nothing to attach');
  const over: number[] = [];
  for (let n = 0; n < ATTACHMENTS; n++) {
    options.signal.throwIfAborted();
    const floor = await floorMs(handBuilt.machine, handBuilt.namespace, handBuilt.address.replace(/\d+$/, `${100 + n}`));
    const address = side.subnet.replace(/\d+\/.*$/, `${100 + n}`);
    const ours = await attachedMs({ api, entityId, network: 'side', address, watcher });
    over.push(ours - floor);
    options.say(`attached in ${ours} ms, a bare veth in ${floor} ms`);
  }
  return over;
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
