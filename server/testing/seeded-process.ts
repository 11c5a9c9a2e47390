import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLog } from '../adapters/log/create-log.ts';
import { readConfig } from '../config.ts';
import { openServer } from '../main.ts';
import { putEstate, updateEstate } from './seeded-estate.ts';

/**
 * `seeded-process.ts CONTAINERS SHARE HERTZ`: the console over an estate that is only in its store. Pages, API and live stream are those of
 * the product, the engine is at rest. Of the containers `SHARE` (0 to 1) change `HERTZ` times a second. Prints one line of JSON: `url`,
 * `setupToken`. Needs the pages built.
 */
async function main(): Promise<void> {
  const [containers = 0, share = 0, hertz = 0] = process.argv.slice(2).map(Number);
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'clocker-seeded-'));
  const server = await openServer(readConfig({ CLOCKER_DATA: dataDirectory, PORT: '0' }), createLog({ level: 'error' }));
  const { store, metrics } = server.services.engine;
  await putEstate(store, containers);
  let round = 0;
  let last = Promise.resolve();
  const update = () => {
    round += 1;
    last = last.then(() => updateEstate({ store, metrics }, { share, round }));
  };
  const timer = share * hertz > 0 ? setInterval(update, 1_000 / hertz) : undefined;
  process.once('SIGTERM', async () => {
    clearInterval(timer);
    await last;
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
    process.exit(0);
  });
  process.stdout.write(`${JSON.stringify({ url: server.url, setupToken: server.setupToken })}\n`);
}

await main();
