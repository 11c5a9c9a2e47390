import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import { setArtifactRule } from '../engine/commands/artifacts/set-artifact-rule.ts';
import { deleteApplication } from '../engine/commands/delete-application.ts';
import { deployApplication } from '../engine/commands/deploy-application.ts';
import { openRealConsole, type RealConsole } from '../testing/real-console.ts';
import { docker, ensureTestImage, sharedEngine, TEST_IMAGE } from '../testing/real-engine.ts';
import { freePort, type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { openRealWorld, REAL_CLOUD, type RealWorld } from '../testing/real-world.ts';

const ANN: TaskCause = { kind: 'user', by: 'ann' };
let home: string;
let socketPath: string;
let sshd: RealSshd;
let world: RealWorld;
let site: RealConsole;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'clocker-closed-'));
  const artifacts = path.join(home, 'artifacts');
  await mkdir(path.join(artifacts, 'tools'), { recursive: true });
  await writeFile(
    path.join(artifacts, 'tools/Dockerfile'),
    `FROM ${TEST_IMAGE}\nADD https://tools.example/tool /tool\nCMD ["sleep", "600"]\n`,
  );
  await writeFile(path.join(artifacts, 'tools/tool'), 'from the console');
  socketPath = await sharedEngine();
  await ensureTestImage(socketPath, TEST_IMAGE);
  sshd = await startRealSshd();
  const port = await freePort();
  world = await openRealWorld({ target: sshd.target, engineSocketPath: socketPath, home, publicUrl: `http://127.0.0.1:${port}` });
  site = await openRealConsole(world, { artifacts, port });
  await world.until('the host is ready', () => world.engine.context.hosts.ready('host-1' as never) !== undefined);
});

afterAll(async () => {
  await site.close();
  await world.close();
  await sshd.stop();
  await rm(home, { recursive: true });
});

it('a Dockerfile and what it adds come from files of the console, where the site is closed', async () => {
  await setArtifactRule(world.engine.context, ANN, { from: 'https://tools.example/', to: 'file:tools/' });
  const text = `name: closed\nservices:\n- type: docker-container\n  id: web\n  brooklyn.config: { docker.dockerfile.url: "https://tools.example/Dockerfile" }\n`;
  const { applicationId } = await deployApplication(world.engine.context, ANN, { text, location: REAL_CLOUD });
  const { view } = world.open.store;
  const running = () =>
    view.entitiesOf(applicationId).flatMap(({ id }) => view.instancesOf(id).filter(({ state, ready }) => state === 'running' && ready));
  await world.until('it runs', () => running().length > 0, 60_000);
  const [instance] = running();
  expect((await docker(socketPath, ['exec', instance?.containerId ?? '', 'cat', '/tool'])).trim()).toBe('from the console');
  await deleteApplication(world.engine.context, ANN, { applicationId, removeVolumes: true });
  await world.until('it is gone', () => view.get('application', applicationId) === undefined);
});
