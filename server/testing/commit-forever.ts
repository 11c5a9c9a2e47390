import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { createStore } from '../adapters/store/create-store.ts';
import { quietLog } from './quiet-log.ts';
import { aLease } from './records.ts';

/**
 * A process to be killed: commits without end and writes the id of each acknowledged commit to standard output.
 * Arguments: `path` or `url`, and its value.
 */
async function main([kind, where]: readonly string[]): Promise<void> {
  const database = kind === 'url' ? { url: where } : { path: where };
  const { store, audit } = await createStore({ ...database, log: quietLog(), clock: createSystemClock() } as never);
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; ; n += 1) {
        const id = `${process.pid}-${writer}-${n}`;
        await store.commit((draft) => draft.put('lease', aLease(id, 'x'.repeat(500))));
        if (n % 10 === 0) await audit.append({ at: n, actor: id, action: 'put', scope: 'system', outcome: 'ok', detail: '', remote: '' });
        process.stdout.write(`${id}\n`);
      }
    }),
  );
}

await main(process.argv.slice(2));
