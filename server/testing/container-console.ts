import { deployApplication } from '../engine/commands/deploy-application.ts';
import { openRealConsole, type RealConsole } from './real-console.ts';
import { ensureTestImage, type OwnDockerd, startOwnDockerd, TEST_IMAGE } from './real-engine.ts';
import { type RealSshd, startRealSshd } from './real-sshd.ts';
import { openRealWorld, REAL_CLOUD, type RealWorld } from './real-world.ts';

export interface ContainerConsole {
  readonly dockerd: OwnDockerd;
  readonly sshd: RealSshd;
  readonly world: RealWorld;
  readonly server: RealConsole;
  /** Of the one container that runs. */
  readonly entityId: string;
  close(): Promise<void>;
}

/** The API over one container on a real host; it ends at once when it is told to. */
export async function openContainerConsole(
  command: readonly string[],
  options: { terminalIdleMs?: number } = {},
): Promise<ContainerConsole> {
  const dockerd = await startOwnDockerd();
  const sshd = await startRealSshd();
  await ensureTestImage(dockerd.socketPath);
  const world = await openRealWorld({ target: sshd.target, engineSocketPath: dockerd.socketPath });
  const server = await openRealConsole(world, options);
  const config = `{ docker.image.commands: ${JSON.stringify(command)}, stopTimeout: 0s }`;
  const text = `{ name: one, location: ${REAL_CLOUD}, services: [{ type: "docker:${TEST_IMAGE}", brooklyn.config: ${config} }] }`;
  const { applicationId } = await deployApplication(world.engine.context, { kind: 'user', by: 'ada' }, { text });
  const { view } = world.open.store;
  const running = () => view.entitiesOf(applicationId).find(({ instanceId, actual }) => instanceId !== null && actual === 'RUNNING');
  await world.until('its container runs', () => running() !== undefined);
  return {
    ...{ dockerd, sshd, world, server },
    entityId: running()?.id ?? '',
    async close() {
      await server.close();
      await world.close();
      await sshd.stop();
      await dockerd.stop();
    },
  };
}
