import { createLocalExec } from '../../adapters/process/local-exec.ts';
import { createLocalFiles } from '../../adapters/process/local-files.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { DockerCli } from '../../plugins/hosts/lab/docker-cli.ts';
import { findDocker } from '../../plugins/hosts/lab/find-docker.ts';
import { toLabSettings } from '../../plugins/hosts/lab/lab-settings.ts';
import { type LabWorld, toLabWorld } from '../../plugins/hosts/lab/lab-world.ts';
import { reportErrors } from '../client/action.ts';
import { createOutput, type Output } from '../client/output.ts';

/** Runs one lab command: progress lines with the time passed, Ctrl-C cancels, errors end in exit code 1. */
export async function withLab(
  options: { readonly json?: boolean },
  work: (world: LabWorld, output: Output) => Promise<void>,
): Promise<void> {
  const output = createOutput(options.json ?? false);
  const started = performance.now();
  const stop = new AbortController();
  const onSignal = (): void =>
    stop.abort(new ClockerError('cancelled', { message: 'Cancelled', hint: 'The same command goes on from here.' }));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    await reportErrors(output, async () => {
      const world = toLabWorld({
        exec: createLocalExec(),
        files: createLocalFiles(),
        settings: toLabSettings(process.env),
        signal: stop.signal,
        onProgress: ({ step, detail }) =>
          output.progress(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${step.padEnd(8)}  ${detail}`),
      });
      await work(world, output);
    });
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** The engine of a lab that is up. Errors: not-found. */
export async function requireDocker(world: LabWorld): Promise<DockerCli> {
  const docker = await findDocker(world);
  if (docker) return docker;
  throw new ClockerError('not-found', { message: 'No Docker Engine runs the lab', hint: 'clocker lab up' });
}
