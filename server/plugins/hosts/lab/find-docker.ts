import { createDockerCli, type DockerCli } from './docker-cli.ts';
import { findEngine } from './ensure-engine.ts';
import type { LabWorld } from './lab-world.ts';

/** The engine's command line where an engine runs; starts none. */
export async function findDocker(world: LabWorld): Promise<DockerCli | undefined> {
  const engine = await findEngine(world);
  return engine && createDockerCli(world, engine.socketPath);
}
