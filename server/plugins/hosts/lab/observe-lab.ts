import { z } from 'zod';
import type { DockerCli } from './docker-cli.ts';
import { BARE_LABEL, HOST_LABEL, ROLE_LABEL, toLabFilter } from './lab-labels.ts';

const containerSchema = z.object({
  Name: z.string(),
  State: z.object({ Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']), Pid: z.number() }),
  Config: z.object({ Labels: z.record(z.string(), z.string()), Image: z.string() }),
  HostConfig: z.object({ Memory: z.number(), NanoCpus: z.number() }),
  NetworkSettings: z.object({
    Networks: z.record(
      z.string(),
      z.object({ IPAddress: z.string(), IPAMConfig: z.object({ IPv4Address: z.string().optional() }).nullish() }),
    ),
  }),
});
const networkSchema = z.object({ Name: z.string(), IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string() })) }) });

export interface ObservedHost {
  readonly name: string;
  readonly container: string;
  readonly state: z.infer<typeof containerSchema>['State']['Status'];
  /** Process id of its first program on this machine; 0 where it does not run. */
  readonly pid: number;
  readonly address: string;
  readonly bare: boolean;
  /** Bytes; 0 = no limit. */
  readonly memoryBytes: number;
  /** 0 = no limit. */
  readonly cpus: number;
}

export interface ObservedLab {
  /** The LAN's /24, or undefined where there is none yet. */
  readonly subnet: string | undefined;
  readonly hosts: readonly ObservedHost[];
  readonly services: { readonly container: string; readonly state: ObservedHost['state']; readonly image: string } | undefined;
}

export function lanName(lab: string): string {
  return `${lab}-lan`;
}

/** What exists of a lab, read from the engine by its labels. */
export async function observeLab(docker: DockerCli, lab: string): Promise<ObservedLab> {
  const ids = await docker.must(['ps', '--all', '--quiet', '--no-trunc', ...toLabFilter(lab)]);
  const containers = z.array(containerSchema).parse(await docker.inspect('container', ids.split('\n').filter(Boolean)));
  const [network] = z.array(networkSchema).parse(await docker.inspect('network', [lanName(lab)]));
  const services = containers.find((container) => container.Config.Labels[ROLE_LABEL] === 'services');
  return {
    subnet: network?.IPAM.Config[0]?.Subnet,
    hosts: containers
      .filter((container) => container.Config.Labels[ROLE_LABEL] === 'host')
      .map(toHost)
      .sort((a, b) => Number(a.bare) - Number(b.bare) || a.name.localeCompare(b.name, 'en', { numeric: true })),
    services: services && { container: services.Name.slice(1), state: services.State.Status, image: services.Config.Image },
  };
}

function toHost(container: z.infer<typeof containerSchema>): ObservedHost {
  const [lan] = Object.values(container.NetworkSettings.Networks);
  return {
    name: container.Config.Labels[HOST_LABEL] ?? '',
    container: container.Name.slice(1),
    state: container.State.Status,
    pid: container.State.Pid,
    // A stopped container has no address now; it keeps the one that it asked for.
    address: lan?.IPAddress || (lan?.IPAMConfig?.IPv4Address ?? ''),
    bare: container.Config.Labels[BARE_LABEL] === 'true',
    memoryBytes: container.HostConfig.Memory,
    cpus: container.HostConfig.NanoCpus / 1e9,
  };
}
