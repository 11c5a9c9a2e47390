import { z } from 'zod';
import type { PortSpec } from './container-spec.ts';
import { parsePortRange } from './quantities.ts';

const MOST_IN_RANGE = 200;
const OPEN = 'docker.container.openPorts';
const DIRECT = 'docker.container.directPorts';
const BOUND = 'docker.container.portBindings';

/** Ports of a container as the blueprint gives them: numbers, `"8000-8010"`, `"53/udp"`. */
const entry = z.union([z.number(), z.string()], 'needs a port').superRefine((value, context) => {
  const problem = portProblem(value);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});
export const openPorts = z.array(entry, 'needs a list of ports').max(1000);
/** Port of the host → port of the container. */
export const bindings = z.record(z.string(), entry, 'needs a map of host ports and container ports').superRefine((value, context) => {
  for (const [host, container] of Object.entries(value)) {
    const problem = /^\d+$/.test(host) ? portProblem(host) : 'needs one port of the host before the colon';
    if (problem !== null) context.addIssue({ code: 'custom', path: [host], message: problem });
    else if (!/^\d+(\/(tcp|udp))?$/.test(String(container)))
      context.addIssue({ code: 'custom', path: [host], message: 'needs one port of the container' });
  }
});

export interface PortConfig {
  readonly [OPEN]?: readonly (string | number)[] | undefined;
  readonly [DIRECT]?: readonly (string | number)[] | undefined;
  readonly [BOUND]?: Readonly<Record<string, string | number>> | undefined;
}

/** As in Clocker 1.x: bindings, where there are any, instead of direct ports; then open ports that are not led to yet. */
export function toPorts(config: PortConfig): readonly PortSpec[] {
  const ports = new Map<string, PortSpec>();
  const add = (container: number, protocol: PortSpec['protocol'], host: number | null) => {
    const key = `${container}/${protocol}`;
    if (!ports.has(key)) ports.set(key, { container, protocol, host: host === null ? null : { from: host, to: host } });
  };
  const bound = Object.entries(config[BOUND] ?? {});
  for (const [host, value] of bound) for (const { port, protocol } of expand(value)) add(port, protocol, Number(host));
  for (const value of bound.length > 0 ? [] : (config[DIRECT] ?? []))
    for (const { port, protocol } of expand(value)) add(port, protocol, port);
  for (const value of config[OPEN] ?? []) for (const { port, protocol } of expand(value)) add(port, protocol, null);
  return [...ports.values()];
}

/** One host port may lead to one container port only, and 22 is the host's SSH. */
export function addPortIssues(config: PortConfig, context: z.core.$RefinementCtx): void {
  const taken = new Set<string>();
  for (const { host, protocol } of toPorts(config)) {
    if (host === null) continue;
    const key = Object.keys(config[BOUND] ?? {}).length > 0 ? BOUND : DIRECT;
    if (host.from === 22 && protocol === 'tcp') addIssue(context, key, 'port 22 of a host is its SSH');
    if (taken.has(`${host.from}/${protocol}`)) addIssue(context, key, `port ${host.from} of the host is given twice`);
    taken.add(`${host.from}/${protocol}`);
  }
}

function addIssue(context: z.core.$RefinementCtx, key: string, message: string): void {
  context.addIssue({ code: 'custom', path: [key], message, input: undefined });
}

function portProblem(value: string | number): string | null {
  const [range = '', protocol = 'tcp', ...rest] = String(value).trim().split('/');
  if (rest.length > 0 || (protocol !== 'tcp' && protocol !== 'udp')) return 'needs tcp or udp after “/”';
  const ports = parsePortRange(range);
  if (ports === null) return 'needs a port from 1 to 65535, such as 8080, "8000-8010" or "53/udp"';
  return ports.to - ports.from < MOST_IN_RANGE ? null : `is a range of more than ${MOST_IN_RANGE} ports`;
}

function expand(value: string | number): readonly { readonly port: number; readonly protocol: PortSpec['protocol'] }[] {
  const [range = '', protocol] = String(value).trim().split('/');
  const ports = parsePortRange(range);
  if (ports === null) return [];
  return Array.from({ length: ports.to - ports.from + 1 }, (_, index) => ({
    port: ports.from + index,
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
  }));
}
