import type { ConsoleProcess } from './console-process.ts';

/** One number that the console tells Prometheus. @throws Error where it tells no such thing */
export async function readMetric({ url }: Pick<ConsoleProcess, 'url'>, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`no metric ${name}`);
  return Number(value);
}
