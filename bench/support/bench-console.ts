import { rmSync } from 'node:fs';
import { type Api, addLabCloud, connectTo } from '../../e2e/support/api.ts';
import { startConsole } from '../../e2e/support/console-process.ts';
import { ensureTestLab, type LabHost } from '../../e2e/support/lab-hosts.ts';

export interface BenchConsole {
  readonly api: Api;
  readonly host: LabHost;
  close(): Promise<void>;
}

/** The product as it ships, without pages, in charge of one lab host. */
export async function openBenchConsole(): Promise<BenchConsole> {
  const { hosts } = await ensureTestLab(1);
  const [host] = hosts;
  if (!host) throw new Error('the lab has no host');
  const running = await startConsole({ env: { CLOCKER_CONSOLE: 'off', CLOCKER_LOG_LEVEL: 'warn' } });
  const client = connectTo(running);
  await addLabCloud(client.api, [host]);
  return {
    api: client.api,
    host,
    async close() {
      await client.close();
      await running.kill('SIGTERM');
      rmSync(running.dataDirectory, { recursive: true, force: true });
    },
  };
}

/** Resolves when the applications' entities satisfy `when`, told by the live stream: no poll adds to the time. */
export function whenEntities(api: Api, when: (entities: ReadonlyMap<string, { actual: string; type: string }>) => boolean): Promise<void> {
  const entities = new Map<string, { actual: string; type: string }>();
  return new Promise((resolve, reject) => {
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
          subscription.unsubscribe();
          resolve();
        },
        onError: reject,
      },
    );
  });
}
