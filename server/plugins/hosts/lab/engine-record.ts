import { z } from 'zod';
import type { LabWorld } from './lab-world.ts';

const recordSchema = z.object({
  pid: z.number().int(),
  started: z.string(),
  /** How the machine was before the engine changed it; restored when the engine is removed. */
  before: z.object({ ipForward: z.string(), forwardPolicy: z.string(), chains: z.array(z.string()), bridge: z.boolean() }),
});
export type EngineRecord = z.infer<typeof recordSchema>;

export interface LabEngine {
  readonly socketPath: string;
  /** False where the machine's own engine is used: it is then never stopped and nothing of its configuration is touched. */
  readonly startedByUs: boolean;
}

/** What is known of the engine that the lab started, or undefined where it started none. */
export async function readEngineRecord(world: LabWorld): Promise<EngineRecord | undefined> {
  const text = await world.files.readText(world.paths.engineRecord);
  if (!text) return undefined;
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: the record of a crashed machine is as good as none.
    return undefined;
  }
}

export async function writeEngineRecord(world: LabWorld, record: EngineRecord): Promise<void> {
  await world.files.writeText(world.paths.engineRecord, `${JSON.stringify(record, null, 2)}\n`);
}

/** True where the recorded process still lives and is the dockerd that the lab started. */
export async function isEngineAlive(world: LabWorld, record: EngineRecord): Promise<boolean> {
  if (!(await world.exec.isAlive(record))) return false;
  const argv = (await world.exec.commandLine(record.pid)) ?? [];
  return /(^|\/)dockerd$/.test(argv[0] ?? '') && argv.includes(`unix://${world.paths.engineSocket}`);
}

/** Whether a Docker Engine answers on a socket. */
export async function engineAnswers(world: LabWorld, socketPath: string): Promise<boolean> {
  const argv = ['docker', '--host', `unix://${socketPath}`, 'version', '--format', '{{.Server.Version}}'];
  try {
    const answer = await world.exec.run(argv, { timeoutMs: 10_000, env: { DOCKER_CONFIG: world.paths.dockerConfig } });
    return answer.code === 0;
  } catch {
    // No answer in time is a no.
    return false;
  }
}
