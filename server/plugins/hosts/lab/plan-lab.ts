import { addressIn } from './choose-subnet.ts';
import type { ObservedHost } from './observe-lab.ts';

export interface WantedLab {
  /** Name of the lab. */
  readonly lab: string;
  /** The LAN, a /24. */
  readonly subnet: string;
  /** Hosts with a Docker Engine, 0 to 64. */
  readonly hosts: number;
  /** Hosts without, 0 to 64. */
  readonly bare: number;
  readonly memoryBytes: number;
  /** Undefined: as many as the machine has. */
  readonly cpus: number | undefined;
}

export interface HostPlan {
  readonly name: string;
  readonly container: string;
  readonly disk: string;
  readonly address: string;
  readonly bare: boolean;
  readonly memoryBytes: number;
  readonly cpus: number | undefined;
}

export interface LabPlan {
  /** Containers that never ran, left by a command that was cut short. */
  readonly remove: readonly string[];
  readonly create: readonly HostPlan[];
  readonly start: readonly ObservedHost[];
  readonly unpause: readonly ObservedHost[];
  readonly keep: readonly ObservedHost[];
}

export const HOST_NUMBERS = { hosts: 10, bare: 100, most: 64 } as const;

/** What has to happen so that every wanted host runs. Hosts beyond the wanted number stay: only `down` and `release` remove. */
export function planLab(wanted: WantedLab, observed: readonly ObservedHost[]): LabPlan {
  const unfinished = observed.filter((host) => host.state === 'created' || host.state === 'dead');
  const standing = observed.filter((host) => !unfinished.includes(host));
  const create = wantedHosts(wanted).filter((plan) => !standing.some((host) => host.name === plan.name));
  return {
    remove: unfinished.map((host) => host.container),
    create,
    start: standing.filter((host) => host.state === 'exited'),
    unpause: standing.filter((host) => host.state === 'paused'),
    keep: standing.filter((host) => host.state === 'running'),
  };
}

/** One host of a lab, by its kind and number from 1. */
export function planHost(wanted: Omit<WantedLab, 'hosts' | 'bare'>, kind: 'host' | 'bare', number: number): HostPlan {
  return {
    name: `${kind}-${number}`,
    container: `${wanted.lab}-${kind}-${number}`,
    disk: `${wanted.lab}-${kind}-${number}-docker`,
    address: addressIn(wanted.subnet, number + (kind === 'bare' ? HOST_NUMBERS.bare : HOST_NUMBERS.hosts)),
    bare: kind === 'bare',
    memoryBytes: wanted.memoryBytes,
    cpus: wanted.cpus,
  };
}

function wantedHosts(wanted: WantedLab): readonly HostPlan[] {
  const toPlan = (kind: 'host' | 'bare', number: number): HostPlan => planHost(wanted, kind, number);
  const hosts = Array.from({ length: wanted.hosts }, (_, index) => toPlan('host', index + 1));
  const bare = Array.from({ length: wanted.bare }, (_, index) => toPlan('bare', index + 1));
  return [...hosts, ...bare];
}
