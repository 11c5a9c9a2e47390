import { describeDockerEngineContract } from '../../ports/contracts/docker-engine.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { sharedEngine, TEST_IMAGE } from '../../testing/real-engine.ts';
import { freePort, startRealSshd } from '../../testing/real-sshd.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createHostConnector } from '../ssh/create-host-connector.ts';

describeDockerEngineContract(async () => {
  const engineSocketPath = await sharedEngine();
  const sshd = await startRealSshd();
  const session = createHostConnector({ clock: createSystemClock(), log: quietLog(), engineSocketPath }).session(sshd.target);
  await session.connect();
  return {
    engine: session.engine,
    image: TEST_IMAGE,
    freePort,
    end: async () => {
      await session.close();
      await sshd.stop();
    },
  };
});
