import { createDockerCli } from '../../server/plugins/hosts/lab/docker-cli.ts';
import { applyFault, type Fault } from '../../server/plugins/hosts/lab/faults.ts';
import { addLabCloud } from './api.ts';
import { watchContainers } from './container-witness.ts';
import { type CrashRig, createCrashRig } from './crash-rig.ts';
import { ensureTestLab, type LabHost, sweepHost } from './lab-hosts.ts';
import { describeSentinels, placeSentinels, type Sentinels } from './sentinels.ts';
import type { WorldWatch } from './world.ts';

/** Three real hosts with strangers on them, the product beside them in a process that may die, and somebody who watches both. */
export interface CrashWorld {
  readonly rig: CrashRig;
  readonly watch: WorldWatch;
  host(name: string): LabHost;
  /** Does a fault to a host of the lab. */
  fault(fault: Fault): Promise<void>;
  /** Runs a program inside of a host, without SSH; what it prints, trimmed. */
  run(name: string, argv: readonly string[]): Promise<string>;
  /** After a host was booted again: its engine is reached anew, and its strangers have started anew. */
  follow(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface CrashWorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Networks reach all hosts. */
  readonly networking?: { readonly provider: string };
}

/** The process is stopped when this resolves: start it as the case needs it. */
export async function createCrashWorld({ env = {}, networking }: CrashWorldOptions = {}): Promise<CrashWorld> {
  const lab = await ensureTestLab(3);
  const hosts = new Map(lab.hosts.map((host) => [host.name, host]));
  const docker = createDockerCli(lab.world, lab.engineSocket);
  const rig = await createCrashRig(env);
  await rig.start();
  await rig.send(async (api) => {
    await addLabCloud(api, lab.hosts);
    const [cloud] = await api.cloud.list.query();
    // Spread over the hosts.
    await api.cloud.update.mutate({
      cloudId: cloud?.id ?? '',
      strategies: [{ strategy: 'breadth-first', config: {} }],
      ...(networking ? { networking } : {}),
    });
  });
  const { planeId } = await rig.send((api) => api.system.about.query());
  await rig.stop();
  const sentinels = new Map<string, Sentinels>();
  for (const host of lab.hosts) sentinels.set(host.name, await placeSentinels(host, planeId));
  const witness = watchContainers(lab.hosts, planeId);

  function host(name: string): LabHost {
    const found = hosts.get(name);
    if (!found) throw new Error(`The lab has no host ${name}`);
    return found;
  }

  return {
    rig,
    watch: { planeId, hosts: () => [...hosts.values()], sentinels, witness, mayOverlap: new Set() },
    host,
    fault: async (fault) => {
      await applyFault(lab.world, docker, fault);
      if (fault.kind === 'kill') witness.cut(fault.host);
    },
    run: (name, argv) => docker.must(['exec', host(name).container, ...argv]),
    follow: async (name) => {
      const pid = Number(await docker.must(['inspect', '--format', '{{.State.Pid}}', host(name).container]));
      const booted = { ...host(name), pid, socketPath: `/proc/${pid}/root/run/docker.sock` };
      hosts.set(name, booted);
      witness.follow(booted);
      const before = sentinels.get(name);
      if (!before) return;
      const now = await describeSentinels(booted, before);
      if (idsIn(now) !== idsIn(before.before)) throw new Error(`Strangers on ${name} are not what they were: ${now}`);
      sentinels.set(name, { ...before, before: now });
    },
    close: async () => {
      await rig.remove();
      witness.stop();
      await Promise.all([...hosts.values()].map(sweepHost));
    },
  };
}

function idsIn(description: string): string {
  return description
    .split('\n')
    .map((line) => line.split(' ')[0])
    .join(' ');
}
