import { createLocalExec } from '../adapters/process/local-exec.ts';
import { createLocalFiles } from '../adapters/process/local-files.ts';
import { toLabSettings } from '../plugins/hosts/lab/lab-settings.ts';
import { type LabWorld, toLabWorld } from '../plugins/hosts/lab/lab-world.ts';

export interface TestLab {
  /** Of the process, with the lab of this name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lab: LabWorld;
}

/** A lab of its own for one contract. */
export function testLab(name: string): TestLab {
  const env = { ...process.env, CLOCKER_LAB_NAME: name };
  return { env, lab: toLabWorld({ exec: createLocalExec(), files: createLocalFiles(), settings: toLabSettings(env) }) };
}
