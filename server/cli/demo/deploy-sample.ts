import { readFile } from 'node:fs/promises';
import type { Api } from '../client/connect.ts';
import type { Say } from './report.ts';
import { until } from './until.ts';

const DEPLOY_TIMEOUT_MS = 300_000;
const SERVE_TIMEOUT_MS = 30_000;

/** Deploys the blueprint unless an application of that name is there; returns where it is reached once it answers. */
export async function deploySample(api: Api, options: { file: string; name: string; location: string; say: Say }): Promise<string> {
  const { file, name, location, say } = options;
  const known = (await api.application.list.query({})).find((each) => each.name === name);
  const applicationId =
    known?.id ?? (await api.application.deploy.mutate({ text: await readFile(file, 'utf8'), location, name })).applicationId;
  say(known ? `Application ${name}: deployed already` : `Application ${name}: deploying ${file}`);
  let address = '';
  await until(DEPLOY_TIMEOUT_MS, `${name} to run`, async () => {
    const { entities } = await api.application.get.query({ applicationId });
    for (const entity of entities) {
      if (entity.actual === 'RUNNING') say(`Application ${name}: ${entity.name} runs`);
      const uri = entity.sensors['main.uri'];
      if (entity.type === 'haproxy' && typeof uri === 'string') address = uri;
    }
    const waiting = entities.filter((entity) => entity.actual !== 'RUNNING');
    if (waiting.length === 0 && address !== '') return true;
    return waiting
      .map(
        (entity) =>
          `${entity.name} is ${entity.actual}${entity.waitingFor ? `, waits for ${entity.waitingFor}` : ''}${problems(entity.problems)}`,
      )
      .join('; ');
  });
  await until(SERVE_TIMEOUT_MS, `${address} to answer`, async () => {
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(3_000) });
      return response.ok ? true : `HTTP ${response.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  return address;
}

function problems(texts: Readonly<Record<string, string>>): string {
  const all = Object.values(texts);
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}
