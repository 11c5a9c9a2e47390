import { type Client, connect } from '../../server/cli/client/connect.ts';
import type { ConsoleProcess } from './console-process.ts';
import type { LabHost } from './lab-hosts.ts';

export type { Api } from '../../server/cli/client/connect.ts';

/** The API as this machine's owner. */
export function connectTo(console: Pick<ConsoleProcess, 'url' | 'localToken'>): Client {
  return connect({ url: console.url, token: console.localToken() });
}

export const CLOUD = 'lab';

/** Makes the cloud `lab` of these hosts, and waits until all are ready. */
export async function addLabCloud(api: Client['api'], hosts: readonly LabHost[]): Promise<{ readonly hostIds: readonly string[] }> {
  const { cloudId } = await api.cloud.create.mutate({ name: CLOUD, strategies: [{ strategy: 'breadth-first', config: {} }] });
  const { credentialId } = await api.credential.create.mutate({ name: 'lab-key', privateKey: hosts[0]?.privateKeyPem ?? '' });
  const hostIds: string[] = [];
  for (const { name, address, port, user, hostKey } of hosts) {
    const { hostId } = await api.host.add.mutate({ cloudId, name, address, port, user, hostKey, credentialId, labels: {} });
    hostIds.push(hostId);
  }
  await eventually('all hosts are ready', 60_000, async () =>
    (await api.host.list.query({ cloudId })).every((host) => host.state === 'ready'),
  );
  return { hostIds };
}

/** Asks every 100 ms until it is so. @throws Error naming what did not become true. */
export async function eventually(what: string, timeoutMs: number, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
