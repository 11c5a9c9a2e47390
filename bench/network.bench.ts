import { loadPlugins } from '../server/plugins/registry.ts';
import type { SdnProvider } from '../server/ports/sdn-provider.ts';
import { type Bench, percentile, rounded, summarise } from './support/bench.ts';
import { openBenchConsole } from './support/bench-console.ts';
import { openMachines } from './support/network/bench-machine.ts';
import { makeHandBuilt, removeHandBuilt } from './support/network/hand-built.ts';
import { withoutLiveRestore } from './support/network/live-restore.ts';
import { namesKnown } from './support/network/names.ts';
import { measureProvider, medianRounded, type ProviderMode, type ProviderRow } from './support/network/provider-row.ts';
import { toFigures, toTable } from './support/network/provider-table.ts';
import { endTraffic, HOST_NAMESPACE, listenAt, type Way } from './support/network/traffic.ts';

const ROUNDS = 15;
const SECONDS = 1;
const NAME_ROUNDS = 40;
const TARGETS = { toHandBuilt: 0.95, reprogramMs: 2_000, attachOverFloorMs: 100, moveOutageMs: 1_500, namesP95Ms: 250 };

/**
 * What a network between hosts costs: TCP between two containers on two hosts against a kernel VXLAN made by hand between the same hosts, and against
 * the way without any. All providers in one run; the ratio told is that of `vxlan`, the rest stands in `detail`.
 */
export const bench: Bench = {
  name: 'network',
  what: `TCP between containers on two hosts, ${SECONDS} s a round, against a kernel VXLAN made by hand and the direct way; ping, attaching, moving, 1,000 endpoints, names`,
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
      for (const mode of [...plugins.sdnProviders.values()].flatMap(modesOf)) {
        say(`${mode.name}:`);
        const options = { console, machines: [first, second] as const, ways, rounds: rounds ?? ROUNDS, seconds: SECONDS, signal, say };
        try {
          const measure = () => measureProvider(mode, options);
          const row = await (mode.provider.withoutLiveRestore ? withoutLiveRestore(options.machines, measure) : measure());
          rows.push(row);
          say(toTable([row]).at(-1) ?? '');
        } catch (error) {
          signal.throwIfAborted();
          // One that needs what these hosts have not is told, and the others are measured.
          skipped[mode.name] = error instanceof Error ? error.message : String(error);
          say(`${mode.name} was not measured: ${skipped[mode.name]}`);
        }
      }
      names = await namesKnown(machines, NAME_ROUNDS);
    } finally {
      await endTraffic(machines);
      await removeHandBuilt(machines);
      await Promise.all(machines.map((machine) => machine.close()));
      await console.close();
    }
    const main = rows.find(({ name }) => name === 'vxlan');
    if (!main) throw new Error(`vxlan was not measured: ${skipped.vxlan}`);
    for (const line of toTable(rows)) say(line);
    const namesP95Ms = rounded(percentile(names, 0.95));
    say(`a name is known on every host within ${namesP95Ms} ms (p95)`);
    const turned = main.ours.map((value, n) => ({ ours: value, reference: main.handBuilt[n] ?? Number.NaN }));
    const summary = summarise(turned);
    return {
      name: 'network',
      unit: 'Gbit/s',
      ...summary,
      target: 'vxlan >= 0.95 x hand-built, 1,000 endpoints <= 2 s, attached <= floor + 100 ms, moved <= 1.5 s, names p95 <= 250 ms',
      met: summary.ratio >= TARGETS.toHandBuilt && rows.every(isWithin) && namesP95Ms <= TARGETS.namesP95Ms,
      detail: {
        ...Object.fromEntries(rows.flatMap((row) => Object.entries(toFigures(row)).map(([name, value]) => [`${row.name}.${name}`, value]))),
        ...Object.fromEntries(Object.entries(skipped).map(([name, why]) => [`${name}.notMeasured`, why])),
        namesP95Ms,
      },
    };
  },
};

/** None of what ends at a host, as nothing lies between two then, nor of what needs an agent that the hosts have not. */
function modesOf(provider: SdnProvider): readonly ProviderMode[] {
  if (provider.reach === 'host' || provider.unverified) return [];
  const plain = { name: provider.id, provider, config: {} };
  return provider.id === 'vxlan' ? [plain, { name: 'vxlan flood', provider, config: { 'vxlan.control': 'flood' } }] : [plain];
}

function isWithin({ reprogramMs, attachOverFloorMs, moveOutageMs }: ProviderRow): boolean {
  return (
    medianRounded(reprogramMs) <= TARGETS.reprogramMs &&
    medianRounded(attachOverFloorMs) <= TARGETS.attachOverFloorMs &&
    medianRounded(moveOutageMs) <= TARGETS.moveOutageMs
  );
}
