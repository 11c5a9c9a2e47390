import type { ProvisionedMachine } from '../../plugins/hosts/lab/lab-machines.ts';
import type { Api } from '../client/connect.ts';
import type { Say } from './report.ts';
import { until } from './until.ts';

const READY_TIMEOUT_MS = 60_000;
const SPREAD = [{ strategy: 'breadth-first', config: {} }];

/** The cloud with these machines as its hosts; what is there already is kept. Returns when all hosts are ready. */
export async function ensureCloud(api: Api, options: { name: string; machines: readonly ProvisionedMachine[]; say: Say }): Promise<void> {
  const { name, machines, say } = options;
  const clouds = await api.cloud.list.query({});
  const cloudId = clouds.find((cloud) => cloud.name === name)?.id ?? (await api.cloud.create.mutate({ name, strategies: SPREAD })).cloudId;
  const credentialId = await ensureCredential(api, name, machines[0]?.privateKeyPem ?? '');
  const known = await api.host.list.query({ cloudId });
  for (const machine of machines) {
    const host = known.find((each) => each.address === machine.address);
    if (host && host.hostKey.fingerprint === machine.hostKey.fingerprint) continue;
    // The lab was made anew on the same address: its key is known from its making, nothing is learnt from the network.
    if (host) await api.host.acceptKey.mutate({ hostId: host.id, hostKey: machine.hostKey });
    else {
      await api.host.add.mutate({
        cloudId,
        name: machine.name,
        address: machine.address,
        port: machine.port,
        user: machine.user,
        credentialId,
        hostKey: machine.hostKey,
        labels: {},
      });
    }
  }
  await until(READY_TIMEOUT_MS, 'the hosts to be ready', async () => {
    const hosts = await api.host.list.query({ cloudId });
    for (const host of hosts) if (host.state === 'ready') say(`Cloud ${name}: ${host.name} (${host.address}) is ready`);
    const waiting = hosts.filter((host) => host.state !== 'ready');
    return waiting.length === 0 ? true : waiting.map((host) => `${host.name}: ${host.state} ${host.reason}`).join('; ');
  });
}

async function ensureCredential(api: Api, name: string, privateKey: string): Promise<string> {
  const credentials = await api.credential.list.query({});
  const known = credentials.find((credential) => credential.name === name);
  return known?.id ?? (await api.credential.create.mutate({ name, privateKey })).credentialId;
}
