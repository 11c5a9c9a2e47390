import { readdirSync } from 'node:fs';
import os from 'node:os';
import { Command } from 'commander';
import type { Bench } from './support/bench.ts';

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .sort();

/** Aborted by the first SIGINT or SIGTERM, so that the bench removes what it made; the second ends the process as it is. */
function abortOnSignals(): AbortSignal {
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      console.error(`  ${name}: removing what the bench has made`);
      abort.abort(new Error(`ended by ${name}`));
    });
  }
  return abort.signal;
}

const program = new Command('bench')
  .description(`Ratios against a reference measured in the same run. Benches: ${names.join(', ')}`)
  .argument('[names...]', 'which to run; all without one')
  .option('--json', 'print one JSON object a bench on stdout')
  .option('--rounds <count>', 'rounds instead of the bench’s own number', Number)
  .action(async (wanted: string[], options: { json?: boolean; rounds?: number }) => {
    const unknown = wanted.filter((name) => !names.includes(name));
    if (unknown.length > 0) program.error(`No bench named ${unknown.join(', ')}. There are: ${names.join(', ')}`, { exitCode: 2 });
    const stop = abortOnSignals();
    for (const name of wanted.length > 0 ? wanted : names) {
      const { bench }: { bench: Bench } = await import(`./${name}.bench.ts`);
      console.error(`${bench.name}: ${bench.what}`);
      const result = await bench.run({ rounds: options.rounds ?? null, signal: stop, say: (line) => console.error(`  ${line}`) });
      const machine = { cpus: os.cpus().length, load: Number((os.loadavg()[0] ?? 0).toFixed(1)), node: process.version };
      if (options.json) console.log(JSON.stringify({ ...result, machine }));
      else
        console.log(
          `${name}: ${result.ours} against ${result.reference} ${result.unit}, ratio ${result.ratio} (${result.spread.min}-${result.spread.max}), target ${result.target}: ${result.met ? 'met' : 'missed'}`,
        );
    }
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
process.exit(process.exitCode ?? 0);
