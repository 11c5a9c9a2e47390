import { loadPlugins } from '../server/plugins/registry.ts';
import { type Bench, percentile, rounded, summarise } from './support/bench.ts';
import { openBenchConsole } from './support/bench-console.ts';
import { openMachines } from './support/network/bench-machine.ts';
import { makeHandBuilt, removeHandBuilt } from './support/network/hand-built.ts';
import { medianInterval } from './support/network/median-interval.ts';
import { namesKnown } from './support/network/names.ts';
import { measureProvider, medianRounded, type ProviderRow, ratios } from './support/network/provider-row.ts';
import { endTraffic, HOST_NAMESPACE, listenAt, type Way } from './support/network/traffic.ts';

const ROUNDS = 15;
const SECONDS = 1;
const NAME_ROUNDS = 40;

/**
 * What a network between hosts costs: TCP between two containers on two hosts against a kernel VXLAN made by hand between the same hosts, and against
 * the way without any. All providers in one run; the ratio told is that of `vxlan`, the rest stands in `detail`.
 */
export const bench: Bench = {
  name: 'network',
  what: `TCP between containers on two hosts, ${SECONDS} s a round, against a kernel VXLAN made by hand and the direct way; ping, attaching, 1,000 endpoints, names`,
  async run({ rounds, say, signal }) {
    const plugins = await loadPlugins();
    const console = await openBenchConsole(2);
    const machines = await openMachines(console);
    const [first, second] = machines;
    const rows: ProviderRow[] = [];
    const skipped: Record<string, string> = {};
    let names: readonly number[] = [];
    try {
      if (!first || !second) throw new Error('the lab has no two hosts');
      await endTraffic(machines);
      const handBuilt = await makeHandBuilt([first, second]);
      const direct = machines.map((machine) => ({ machine, namespace: HOST_NAMESPACE, address: machine.underlay.address }));
      const ways = { handBuilt, direct: [direct[0], direct[1]] as unknown as Way };
      for (const [, end] of [ways.handBuilt, ways.direct]) await listenAt(end);
      for (const provider of plugins.sdnProviders.values()) {
        // Nothing between two hosts is to be measured of what ends at one, nor of what needs an agent that they have not.
        if (provider.reach === 'host' || provider.unverified) continue;
        say(`${provider.id}:`);
        const options = { console, machines: [first, second] as const, ways, rounds: rounds ?? ROUNDS, seconds: SECONDS, signal, say };
        try {
          const row = await measureProvider(provider, options);
          rows.push(row);
          for (const line of toLines(row)) say(line);
        } catch (error) {
          signal.throwIfAborted();
          // One that needs what these hosts have not is told, and the others are measured.
          skipped[provider.id] = error instanceof Error ? error.message : String(error);
          say(`${provider.id} was not measured: ${skipped[provider.id]}`);
        }
      }
      names = await namesKnown(machines, NAME_ROUNDS);
      say(`a name is known on every host within ${rounded(percentile(names, 0.95))} ms (p95)`);
    } finally {
      await endTraffic(machines);
      await removeHandBuilt(machines);
      await Promise.all(machines.map((machine) => machine.close()));
      await console.close();
    }
    const main = rows.find(({ provider }) => provider === 'vxlan');
    if (!main) throw new Error(`vxlan was not measured: ${skipped.vxlan}`);
    const turned = main.ours.map((value, n) => ({ ours: value, reference: main.handBuilt[n] ?? Number.NaN }));
    const nameP95 = percentile(names, 0.95);
    const summary = summarise(turned);
    return {
      name: 'network',
      unit: 'Gbit/s',
      ...summary,
      target: 'vxlan >= 0.95 x hand-built, 1,000 endpoints <= 2 s, attached <= floor + 100 ms, names p95 <= 250 ms',
      met:
        summary.ratio >= 0.95 &&
        rows.every((row) => medianRounded(row.reprogramMs) <= 2_000 && medianRounded(row.attachOverFloorMs) <= 100) &&
        nameP95 <= 250,
      detail: { ...Object.assign({}, ...rows.map(toDetail)), namesP95Ms: rounded(nameP95), ...toSkipped(skipped) },
    };
  },
};

function toDetail(row: ProviderRow): Record<string, number> {
  const { provider, ours, handBuilt, direct, ping, directPing, reprogramMs, attachOverFloorMs } = row;
  const interval = medianInterval(ratios(ours, handBuilt));
  return {
    [`${provider}.toHandBuilt`]: rounded(interval.median),
    [`${provider}.toHandBuiltLow`]: rounded(interval.low),
    [`${provider}.toHandBuiltHigh`]: rounded(interval.high),
    [`${provider}.toDirect`]: medianRounded(ratios(ours, direct)),
    [`${provider}.pingToDirect`]: medianRounded(ratios(ping, directPing)),
    [`${provider}.pingMs`]: medianRounded(ping),
    [`${provider}.reprogramMs`]: medianRounded(reprogramMs),
    [`${provider}.attachOverFloorMs`]: medianRounded(attachOverFloorMs),
  };
}

function toLines(row: ProviderRow): readonly string[] {
  return Object.entries(toDetail(row)).map(([name, value]) => `  ${name}: ${value}`);
}

function toSkipped(skipped: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(skipped).map(([provider, why]) => [`${provider}.notMeasured`, why]));
}
