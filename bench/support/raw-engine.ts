import Docker from 'dockerode';

export const BUSYBOX = 'busybox:1.35';
export const SLEEP = ['sleep', '1000000'];
const LABEL = 'bench';

/** A host's engine on its own socket, without SSH and without us: what every figure is compared with. */
export function rawEngine(socketPath: string): Docker {
  return new Docker({ socketPath });
}

export async function pullOnce(docker: Docker): Promise<void> {
  const stream = await docker.pull(BUSYBOX);
  await new Promise<void>((resolve, reject) => docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve())));
}

/** Creates and starts so many containers on the bridge network, so many at a time; milliseconds. */
export async function rawDeploy(
  docker: Docker,
  { count, concurrency, signal }: { readonly count: number; readonly concurrency: number; readonly signal: AbortSignal },
): Promise<number> {
  const begun = performance.now();
  await inLanes(count, concurrency, async (n) => {
    signal.throwIfAborted();
    const container = await docker.createContainer({ name: `bench-raw-${n}`, Image: BUSYBOX, Cmd: SLEEP, Labels: { [LABEL]: 'raw' } });
    await container.start();
  });
  return performance.now() - begun;
}

export async function rawRemove(docker: Docker): Promise<void> {
  const containers = await docker.listContainers({ all: true, filters: { label: [`${LABEL}=raw`] } });
  await inLanes(containers.length, 8, async (n) => {
    const id = containers[n]?.Id;
    if (id) await docker.getContainer(id).remove({ force: true, v: true });
  });
}

async function inLanes(count: number, lanes: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < count; n = next++) await work(n);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
