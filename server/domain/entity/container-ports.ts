import { z } from 'zod';
import type { PortSpec } from './container-spec.ts';
import { parsePublishedPort } from './published-port.ts';
import { parsePortRange } from './quantities.ts';

const MOST_IN_RANGE = 200;
const MOST_ENTRIES = 1000;
/** Of one container, each port of a range counted. */
const MOST_PORTS = 2000;
const OPEN = 'docker.container.openPorts';
const DIRECT = 'docker.container.directPorts';
const BOUND = 'docker.container.portBindings';

/** Ports of a container as the blueprint gives them: numbers, `"8000-8010"`, `"53/udp"`. */
const entry = z.union([z.number(), z.string()], 'needs a port').superRefine((value, context) => {
  const problem = portProblem(value);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});
export const openPorts = z
  .array(entry, 'needs a list of ports')
  .max(MOST_ENTRIES)
  .superRefine((values, context) => {
    addTooMany(
      values.map((value) => expand(value).length),
      context,
    );
  });

const published = z.union([z.number(), z.string()], 'needs a port').superRefine((value, context) => {
  const parsed = parsePublishedPort(String(value));
  if (typeof parsed === 'string') context.addIssue({ code: 'custom', message: parsed });
});

/** Port of the host → port of the container; or a list as Docker writes it: `8080:80`, `127.0.0.1:53:53/udp`, `8000-8010:80`. */
export const bindings = z
  .union([z.array(published).max(MOST_ENTRIES), z.record(z.string(), entry)], 'needs a map of host ports and container ports')
  .superRefine((value, context) => {
    if (Array.isArray(value)) {
      addTooMany(
        value.map((text) => publishedPorts(text).length),
        context,
      );
      return;
    }
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
  readonly [BOUND]?: z.infer<typeof bindings> | undefined;
}

/** As in Clocker 1.x: bindings, where there are any, instead of direct ports; then open ports that are not led to yet. */
export function toPorts(config: PortConfig): readonly PortSpec[] {
  const bound = boundPorts(config[BOUND] ?? {});
  const ports = [...bound];
  const taken = new Set(bound.map(({ container, protocol }) => `${container}/${protocol}`));
  const add = (container: number, protocol: PortSpec['protocol'], host: number | null) => {
    const key = `${container}/${protocol}`;
    if (taken.has(key)) return;
    taken.add(key);
    ports.push({ container, protocol, host: host === null ? null : { from: host, to: host } });
  };
  for (const value of bound.length > 0 ? [] : (config[DIRECT] ?? []))
    for (const { port, protocol } of expand(value)) add(port, protocol, port);
  for (const value of config[OPEN] ?? []) for (const { port, protocol } of expand(value)) add(port, protocol, null);
  return ports;
}

/** In a map a container port is led to once; in a list from as many places as it says. */
function boundPorts(value: z.infer<typeof bindings>): readonly PortSpec[] {
  if (Array.isArray(value)) return value.flatMap(publishedPorts);
  const ports = new Map<string, PortSpec>();
  for (const [host, text] of Object.entries(value)) {
    for (const { port, protocol } of expand(text)) {
      const key = `${port}/${protocol}`;
      if (!ports.has(key)) ports.set(key, { container: port, protocol, host: { from: Number(host), to: Number(host) } });
    }
  }
  return [...ports.values()];
}

/** `3000/tcp` for each port. */
export function toExposed(values: readonly (string | number)[]): readonly string[] {
  return values.flatMap((value) => expand(value).map(({ port, protocol }) => `${port}/${protocol}`));
}

/** One host port may lead to one container port only, and 22 is the host's SSH. */
export function addPortIssues(config: PortConfig, context: z.core.$RefinementCtx): void {
  const taken = new Map<string, string[]>();
  const key = boundPorts(config[BOUND] ?? {}).length > 0 ? BOUND : DIRECT;
  const ports = toPorts(config);
  // That there are too many has been said.
  if (ports.length > MOST_PORTS) return;
  for (const { host, protocol, address = '' } of ports) {
    if (host === null || host.from !== host.to) continue;
    if (host.from === 22 && protocol === 'tcp') addIssue(context, key, 'port 22 of a host is its SSH');
    const at = taken.get(`${host.from}/${protocol}`) ?? [];
    if (at.some((other) => other === address || other === '' || address === '')) {
      addIssue(context, key, `port ${host.from} of the host is given twice`);
    }
    at.push(address);
    taken.set(`${host.from}/${protocol}`, at);
  }
}

function publishedPorts(text: string | number): readonly PortSpec[] {
  const parsed = parsePublishedPort(String(text));
  return typeof parsed === 'string' ? [] : parsed;
}

function addTooMany(counts: readonly number[], context: z.core.$RefinementCtx): void {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= MOST_PORTS) return;
  const message = `has ${total.toLocaleString('en')} ports in all, and a container may have ${MOST_PORTS.toLocaleString('en')}`;
  context.addIssue({ code: 'custom', message });
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
