import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { createLocalExec } from '../adapters/process/local-exec.ts';
import { createLocalFiles } from '../adapters/process/local-files.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { toLabSettings } from '../plugins/hosts/lab/lab-settings.ts';
import { labUp } from '../plugins/hosts/lab/lab-up.ts';
import { type LabWorld, toLabWorld } from '../plugins/hosts/lab/lab-world.ts';
import { connect } from './client/connect.ts';
import { describeError } from './client/describe-error.ts';
import { buildConsole } from './demo/build-console.ts';
import { ensureConsole, stopConsole } from './demo/console-process.ts';
import { deploySample } from './demo/deploy-sample.ts';
import { ensureCloud } from './demo/ensure-cloud.ts';
import { createReport, type Say } from './demo/report.ts';

const CLOUD = 'production';
const APPLICATION = 'shop';
const BLUEPRINT = 'blueprints/sample-shop.yaml';
const HOSTS = 3;

interface Options {
  readonly down?: boolean;
  readonly port: number;
}

const program = new Command('demo')
  .description('The console, a simulated production cloud of three real Docker hosts, and a sample application on them')
  .option('--down', 'remove everything the demo made')
  .option('--port <port>', 'port of the console', Number, 8081)
  .action(async (options: Options) => {
    const say = createReport(Date.now());
    try {
      await (options.down ? down(say) : up(options, say));
    } catch (error) {
      const { message, hint } = describeError(error);
      console.error(hint ? `${message}\nHint: ${hint}` : message);
      process.exitCode = 1;
    }
  });

await program.parseAsync();

async function up({ port }: Options, say: Say): Promise<void> {
  const exec = createLocalExec();
  const world = lab(say);
  const [machines] = await Promise.all([labUp(world, { count: HOSTS }), buildConsole(exec, say)]);
  const running = await ensureConsole({ exec, dataDirectory: dataDirectory(), port, say });
  const client = connect({ url: running.url, token: running.token });
  try {
    await ensureCloud(client.api, { name: CLOUD, machines, say });
    const address = await deploySample(client.api, { file: BLUEPRINT, name: APPLICATION, location: CLOUD, say });
    say('Ready. `npm run demo -- --down` removes everything again.');
    const setup = running.setupToken === null ? '' : `/setup?token=${running.setupToken}`;
    console.log(`Console: ${running.url}${setup}`);
    console.log(`Application: ${address}`);
  } finally {
    await client.close();
  }
}

/** The console first, so that it does not mourn the hosts; with the lab go its hosts and all that runs on them. */
async function down(say: Say): Promise<void> {
  const exec = createLocalExec();
  await stopConsole({ exec, dataDirectory: dataDirectory() });
  await rm(dataDirectory(), { recursive: true, force: true });
  say('Console: stopped, its data removed');
  await labDown(lab(say));
  say('Lab: removed');
}

function dataDirectory(): string {
  return path.resolve(process.env.CLOCKER_DATA ?? 'data', 'demo');
}

function lab(say: Say): LabWorld {
  return toLabWorld({
    exec: createLocalExec(),
    files: createLocalFiles(),
    settings: toLabSettings(process.env),
    onProgress: ({ step, detail }) => say(`Lab: ${step}: ${detail}`),
  });
}
