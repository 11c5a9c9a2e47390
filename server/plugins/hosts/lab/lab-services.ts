import { addressIn } from './choose-subnet.ts';
import type { DockerCli } from './docker-cli.ts';
import type { ImageInputs } from './image-keys.ts';
import { toLabelArguments } from './lab-labels.ts';
import { type LabWorld, waitFor } from './lab-world.ts';
import { machineImage } from './machine-images.ts';
import { lanName, type ObservedLab } from './observe-lab.ts';

/** Last number of the address at which a lab's registries and name server answer. */
const SERVICES_NUMBER = 2;

export interface LabServices {
  readonly nameServer: string;
  /** Gives the application images of all labs; takes nothing. */
  readonly mirror: string;
  /** Takes what this lab's hosts push, and gives it to them; empty again once the lab's services are made anew. */
  readonly registry: string;
}

/** Where a lab's services answer on its LAN: addresses, with ports where they are registries. */
export function labServices(subnet: string): LabServices {
  const nameServer = addressIn(subnet, SERVICES_NUMBER);
  return { nameServer, mirror: `${nameServer}:5000`, registry: `${nameServer}:5001` };
}

export interface ServicesRequest {
  readonly inputs: ImageInputs;
  readonly subnet: string;
  readonly observed: ObservedLab['services'];
}

/** Runs the registries and name server of the lab's LAN; a running one of the same image is kept. */
export async function ensureServices(world: LabWorld, docker: DockerCli, request: ServicesRequest): Promise<void> {
  const { inputs, subnet, observed } = request;
  const image = machineImage(inputs, 'services');
  const { name } = world.settings;
  const container = `${name}-services`;
  if (observed?.state !== 'running' || observed.image !== image) {
    await docker.run(['rm', '--force', '--volumes', observed?.container ?? container]);
    await world.files.makeFolder(world.paths.registryContent);
    const network = ['--network', lanName(name), '--ip', labServices(subnet).nameServer, '--network-alias', 'services'];
    const volume = ['--volume', `${world.paths.registryContent}:/var/lib/registry:ro`];
    const limits = ['--memory', '512m', '--restart', 'on-failure'];
    await docker.must([
      'run',
      '--detach',
      '--name',
      container,
      ...toLabelArguments(name, 'services'),
      ...network,
      ...volume,
      ...limits,
      image,
      'lan',
    ]);
  }
  const probe = 'exec 3<>/dev/tcp/127.0.0.1/5000 4<>/dev/tcp/127.0.0.1/5001';
  await waitFor(world, "answer of the lab's registries", { timeoutMs: 30_000, everyMs: 100 }, async () =>
    (await docker.run(['exec', container, 'bash', '-c', probe])).code === 0 ? true : undefined,
  );
}
