import { rmSync } from 'node:fs';
import { type Api, addLabCloud, connectTo } from '../../e2e/support/api.ts';
import { startConsole } from '../../e2e/support/console-process.ts';
import type { LabHost } from '../../e2e/support/lab-hosts.ts';
import { ensureBenchHosts, forgetConsole, noteConsole, removeContainers } from './bench-host.ts';

export interface BenchConsole {
  readonly api: Api;
  /** The first of the hosts in its cloud. */
  readonly host: LabHost;
  readonly hosts: readonly LabHost[];
  /** Hosts of the lab that it does not know. */
  readonly spare: readonly LabHost[];
  /** Ends the console and removes what it has made on the host. */
  close(): Promise<void>;
}

/** The product as it ships, without pages, in charge of lab hosts. */
export async function openBenchConsole(count = 1, spareCount = 0): Promise<BenchConsole> {
  const all = await ensureBenchHosts(count + spareCount);
  const [hosts, spare] = [all.slice(0, count), all.slice(count)];
  const [host] = hosts;
  if (!host) throw new Error('the lab has no host');
  const running = await startConsole({ env: { CLOCKER_CONSOLE: 'off', CLOCKER_LOG_LEVEL: 'warn' } });
  noteConsole(running);
  const client = connectTo(running);
  await addLabCloud(client.api, hosts);
  return {
    api: client.api,
    host,
    hosts,
    spare,
    async close() {
      await client.close();
      await running.kill('SIGTERM');
      await Promise.all(all.map(removeContainers));
      rmSync(running.dataDirectory, { recursive: true, force: true });
      forgetConsole();
    },
  };
}

/** Resolves when the applications' entities satisfy `when`, told by the live stream: no poll adds to the time. */
export function whenEntities(
  { api }: Pick<BenchConsole, 'api'>,
  signal: AbortSignal,
  when: (entities: ReadonlyMap<string, { actual: string; type: string }>) => boolean,
): Promise<void> {
  const entities = new Map<string, { actual: string; type: string }>();
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      subscription.unsubscribe();
      reject(signal.reason);
    };
    const subscription = api.events.watch.subscribe(
      { kinds: ['entity'], lastEventId: null },
      {
        onData: ({ data }) => {
          if ('snapshot' in data) entities.clear();
          for (const { id, record } of 'snapshot' in data ? data.snapshot : data.changes) {
            if (record && 'actual' in record) entities.set(id, record);
            else entities.delete(id);
          }
          if (!when(entities)) return;
          signal.removeEventListener('abort', leave);
          subscription.unsubscribe();
          resolve();
        },
        onError: reject,
      },
    );
    signal.addEventListener('abort', leave, { once: true });
  });
}
