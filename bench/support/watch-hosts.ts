import type { BenchConsole } from './bench-console.ts';

export interface HostWatch {
  /** Resolves with the moment (`performance.now`) when the host is told to be in this state. */
  becomes(name: string, state: string): Promise<number>;
  /** How often hosts were declared lost since the watch began. */
  losses(): number;
  end(): void;
}

/** Follows the states of hosts in the live stream, as the console's pages do. */
export function watchHosts({ api }: Pick<BenchConsole, 'api'>): HostWatch {
  const states = new Map<string, string>();
  const waiting = new Set<() => void>();
  let losses = 0;
  const subscription = api.events.watch.subscribe(
    { kinds: ['host'], lastEventId: null },
    {
      onData: ({ data }) => {
        for (const { record } of 'snapshot' in data ? data.snapshot : data.changes) {
          if (!record || !('state' in record) || !('name' in record)) continue;
          if (record.state === 'lost' && states.get(record.name) !== 'lost') losses += 1;
          states.set(record.name, record.state);
        }
        for (const look of [...waiting]) look();
      },
    },
  );
  return {
    becomes: (name, state) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (states.get(name) !== state) return;
          waiting.delete(look);
          resolve(performance.now());
        };
        waiting.add(look);
        look();
      }),
    losses: () => losses,
    end: () => subscription.unsubscribe(),
  };
}
