import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CLOUD } from '../e2e/support/api.ts';
import { COMPOSE, ensurePackages } from '../server/cli/setup/ensure-packages.ts';
import { type Bench, median, rounded, summarise } from './support/bench.ts';
import { type BenchConsole, openBenchConsole, whenEntities } from './support/bench-console.ts';
import { BUSYBOX, pullOnce, rawDeploy, rawEngine, rawRemove } from './support/raw-engine.ts';

const run = promisify(execFile);
const COUNT = 50;
const CONCURRENCY = 8;

/** From the API call to 50 containers running and known as such, against the raw Engine API and docker-compose on the same host. */
export const bench: Bench = {
  name: 'deploy',
  what: `${COUNT} containers on one host, bridge network: ours over SSH, raw API at concurrency ${CONCURRENCY} on the local socket, docker-compose`,
  async run({ rounds, say, signal }) {
    ensurePackages([COMPOSE], say);
    const console = await openBenchConsole();
    const folder = mkdtempSync(path.join(tmpdir(), 'benchcompose'));
    writeFileSync(
      path.join(folder, 'docker-compose.yml'),
      `version: "2.4"\nservices:\n  web:\n    image: ${BUSYBOX}\n    command: sleep 1000000\n    network_mode: bridge\n`,
    );
    const docker = rawEngine(console.host.socketPath);
    await pullOnce(docker);
    const measured = { ours: [] as number[], raw: [] as number[], compose: [] as number[] };
    const sides = {
      ours: () => oursDeploy(console, signal),
      raw: async () => {
        const ms = await rawDeploy(docker, { count: COUNT, concurrency: CONCURRENCY, signal });
        await rawRemove(docker);
        return ms;
      },
      compose: () => composeDeploy(console.host.socketPath, { folder, signal }),
    };
    const names = ['ours', 'raw', 'compose'] as const;
    try {
      const total = rounds ?? 9;
      for (let n = 0; n < total; n++) {
        for (let k = 0; k < names.length; k++) {
          signal.throwIfAborted();
          const name = names[(n + k) % names.length] ?? 'ours';
          measured[name].push(await sides[name]());
        }
        say(`round ${n + 1} of ${total}: ${names.map((name) => `${name} ${rounded(measured[name].at(-1) ?? 0)} ms`).join(', ')}`);
      }
    } finally {
      await console.close();
      rmSync(folder, { recursive: true, force: true });
    }
    const result = summarise(measured.ours.map((ours, n) => ({ ours, reference: measured.raw[n] ?? Number.NaN })));
    const compose = summarise(measured.ours.map((ours, n) => ({ ours, reference: measured.compose[n] ?? Number.NaN })));
    return {
      name: 'deploy',
      unit: 'ms',
      ...result,
      target: '<= 1.15 x raw and <= 1.0 x docker-compose',
      met: result.ratio <= 1.15 && compose.ratio <= 1,
      detail: {
        composeMs: rounded(median(measured.compose)),
        ratioToCompose: compose.ratio,
        ratioToComposeMin: compose.spread.min,
        ratioToComposeMax: compose.spread.max,
        containers: COUNT,
      },
    };
  },
};

async function oursDeploy(console: BenchConsole, signal: AbortSignal): Promise<number> {
  const { api } = console;
  const text = [
    'name: bench',
    'services:',
    '- type: org.apache.brooklyn.entity.group.DynamicCluster',
    '  id: web',
    '  brooklyn.config:',
    `    cluster.initial.size: ${COUNT}`,
    '    dynamiccluster.memberspec:',
    '      $brooklyn:entitySpec:',
    `        type: docker:${BUSYBOX}`,
    '        brooklyn.config:',
    '          docker.image.commands: [sleep, "1000000"]',
    '          stop.timeout: 0',
  ].join('\n');
  const begun = performance.now();
  const { applicationId } = await api.application.deploy.mutate({ text, location: CLOUD });
  await whenEntities(
    console,
    signal,
    (entities) => entities.size >= COUNT + 2 && [...entities.values()].every((entity) => entity.actual === 'RUNNING'),
  );
  const ms = performance.now() - begun;
  await api.application.delete.mutate({ applicationId, removeVolumes: false });
  await whenEntities(console, signal, (entities) => entities.size === 0);
  return ms;
}

async function composeDeploy(
  socketPath: string,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<number> {
  const options = {
    cwd: folder,
    signal,
    timeout: 300_000,
    env: { ...process.env, DOCKER_HOST: `unix://${socketPath}`, COMPOSE_HTTP_TIMEOUT: '300' },
  };
  const begun = performance.now();
  await run('docker-compose', ['up', '-d', '--scale', `web=${COUNT}`], options);
  const ms = performance.now() - begun;
  await run('docker-compose', ['down', '-t', '0'], options);
  return ms;
}
