import type { ContainerSpec, FileSpec } from '../entity/container-spec.ts';
import type { InstallStep, ProcessSpec } from './process-spec.ts';
import { exportsOf, quoted } from './shell-text.ts';

/** Ends at once when it is asked to, and takes every process that lost its parent. */
const KEEP_ALIVE = "trap 'exit 0' TERM INT; while :; do sleep 86400 & wait $!; done";

/** A container that stays, for the phases of a process to run in. */
export const KEPT_ALIVE: Pick<ContainerSpec, 'entrypoint' | 'command'> = {
  entrypoint: ['/bin/sh', '-c', KEEP_ALIVE],
  command: null,
};

/**
 * The install as steps of an image, in its own folder, with what of the environment they name: all else, addresses of others and secrets among
 * it, is neither baked in nor makes it another image.
 */
export function imageCommands({ install, place, env }: ProcessSpec): readonly string[] {
  return install.map((step) => {
    const script = 'script' in step ? step.script : writeSteps(step.files);
    const named = Object.fromEntries(Object.entries(env).filter(([name]) => RUN_ONLY.includes(name) === false && names(script, name)));
    return `${exportsOf(named)}mkdir -p ${quoted(place.installDir)} && cd ${quoted(place.installDir)} || exit 1\nset +e\n${script}`;
  });
}

/** A Dockerfile knows no run yet. */
const RUN_ONLY: readonly string[] = ['RUN_DIR', 'PID_FILE'];

function names(script: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(script);
}

function writeSteps(files: readonly FileSpec[]): string {
  return files
    .map(({ path, content, mode }) => {
      const at = quoted(path);
      return `mkdir -p "$(dirname ${at})" && printf %s ${quoted(content)} >${at} && chmod ${mode.toString(8)} ${at}`;
    })
    .join('\n');
}

/** All texts that end up in the image. */
export function installTexts({ install }: Pick<ProcessSpec, 'install'>): readonly string[] {
  return install.flatMap((step: InstallStep) => ('script' in step ? [step.script] : step.files.map(({ content }) => content)));
}
