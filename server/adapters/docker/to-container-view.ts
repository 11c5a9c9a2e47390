import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import type { PortBinding } from '../../domain/entity/instance.ts';
import type { ContainerSummary, ContainerView } from '../../ports/docker-engine.ts';

const STATUSES: readonly ContainerView['status'][] = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const HEALTHS: readonly ContainerView['health'][] = ['starting', 'healthy', 'unhealthy'];

export function toContainerSummary(info: ContainerInfo): ContainerSummary {
  // Links of old engines show as further names with two slashes.
  const name = info.Names.find((candidate) => candidate.lastIndexOf('/') === 0) ?? info.Names[0] ?? '';
  return { id: info.Id, name: name.replace(/^\//, ''), image: info.Image, state: info.State, labels: info.Labels ?? {} };
}

export function toContainerView(info: ContainerInspectInfo): ContainerView {
  const status = STATUSES.find((known) => known === info.State.Status) ?? 'dead';
  const isAlive = status === 'running' || status === 'paused' || status === 'restarting';
  const failedToStart = info.State.Error !== '';
  return {
    id: info.Id,
    name: info.Name.replace(/^\//, ''),
    labels: info.Config.Labels ?? {},
    status,
    pid: info.State.Pid > 0 ? info.State.Pid : null,
    exitCode: isAlive || (status === 'created' && !failedToStart) ? null : info.State.ExitCode,
    oomKilled: info.State.OOMKilled,
    error: info.State.Error,
    health: HEALTHS.find((known) => known === info.State.Health?.Status) ?? 'none',
    startedAtMs: toTimeMs(info.State.StartedAt),
    ports: toPorts(isAlive ? info.NetworkSettings.Ports : info.HostConfig.PortBindings),
    bridgeAddress: toBridgeAddress(info),
    networks: Object.entries(info.NetworkSettings.Networks ?? {}).map(([name, endpoint]) => ({
      name,
      address: endpoint?.IPAddress || null,
      mac: endpoint?.MacAddress || null,
    })),
  };
}

/** Docker's zero time stands for "never". */
function toTimeMs(time: string): number | null {
  const ms = Date.parse(time);
  return Number.isNaN(ms) || ms <= 0 ? null : ms;
}

function toPorts(ports: unknown): readonly PortBinding[] {
  if (typeof ports !== 'object' || ports === null) return [];
  const bindings = new Map<string, PortBinding>();
  for (const [key, published] of Object.entries(ports)) {
    const [container, protocol] = key.split('/');
    if (!Array.isArray(published) || (protocol !== 'tcp' && protocol !== 'udp')) continue;
    // IPv4 and IPv6 are listed each.
    for (const { HostPort } of published) {
      const host = Number(HostPort);
      if (host > 0) bindings.set(`${key}:${host}`, { container: Number(container), host, protocol });
    }
  }
  return [...bindings.values()];
}

function toBridgeAddress(info: ContainerInspectInfo): string | null {
  const networks = info.NetworkSettings.Networks ?? {};
  // Newer engines tell the address of the default bridge only among the networks.
  const { IPAddress } = info.NetworkSettings as { IPAddress?: string };
  const addresses = [IPAddress, networks.bridge?.IPAddress, ...Object.values(networks).map((network) => network?.IPAddress)];
  return addresses.find((address) => address) ?? null;
}
