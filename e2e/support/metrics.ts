import type { Api } from './api.ts';
import type { ConsoleProcess } from './console-process.ts';

/** One number that the console tells Prometheus. @throws Error where it tells no such thing */
export async function readMetric({ url }: Pick<ConsoleProcess, 'url'>, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`no metric ${name}`);
  return Number(value);
}

/** The latest value of a sensor of each, in their order; null where it has not been measured yet. */
export function latestOf(api: Api, subjectIds: readonly string[], sensor: string): Promise<readonly (number | null)[]> {
  return new Promise((resolve, reject) => {
    const subscription = api.metrics.watch.subscribe(
      { subjectIds: [...subjectIds] },
      {
        onData: (samples) => {
          subscription.unsubscribe();
          const values = new Map(samples.filter((one) => one.sensor === sensor).map(({ subjectId, value }) => [subjectId, value]));
          resolve(subjectIds.map((id) => values.get(id) ?? null));
        },
        onError: reject,
      },
    );
  });
}
