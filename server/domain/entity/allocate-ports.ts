import type { PortSpec } from './container-spec.ts';
import type { PortBinding } from './instance.ts';

export interface PortRequest {
  readonly ports: readonly PortSpec[];
  /** Host ports given to containers that ask for none. */
  readonly pool: { readonly from: number; readonly to: number };
  /** Bindings to keep where they still fit: those of the instance that is replaced. */
  readonly inherited: readonly PortBinding[];
  readonly isTaken: (protocol: 'tcp' | 'udp', port: number) => boolean;
}

export type PortAllocation =
  | { readonly ok: true; readonly bindings: readonly PortBinding[] }
  | { readonly ok: false; readonly reason: string };

/** Chooses a host port for each port of a container: the inherited one, else the first free one of its range or of the pool. */
export function allocatePorts({ ports, pool, inherited, isTaken }: PortRequest): PortAllocation {
  const bindings: PortBinding[] = [];
  const isFree = (spec: PortSpec, port: number): boolean => !bindings.some(clashesWith(spec, port)) && !isTaken(spec.protocol, port);
  for (const spec of ports) {
    const range = spec.host ?? pool;
    const old = inherited.find((binding) => binding.container === spec.container && binding.protocol === spec.protocol);
    const keeps = old && old.host >= range.from && old.host <= range.to && isFree(spec, old.host);
    const host = keeps ? old.host : firstFree(range, (port) => isFree(spec, port));
    if (host === null) return { ok: false, reason: refusal(spec, range) };
    const { container, protocol, address } = spec;
    bindings.push({ container, host, protocol, ...(address === undefined ? {} : { address }) });
  }
  return { ok: true, bindings };
}

/** One port of a host may be listened on at each of its addresses. */
function clashesWith({ protocol, address }: PortSpec, port: number): (binding: PortBinding) => boolean {
  return (binding) => {
    const together = binding.address === undefined || address === undefined || binding.address === address;
    return binding.protocol === protocol && binding.host === port && together;
  };
}

function firstFree(range: { readonly from: number; readonly to: number }, isFree: (port: number) => boolean): number | null {
  for (let port = range.from; port <= range.to; port += 1) if (isFree(port)) return port;
  return null;
}

function refusal(spec: PortSpec, range: { readonly from: number; readonly to: number }): string {
  if (!spec.host) return `no free port left in the pool ${range.from}-${range.to}`;
  return range.from === range.to
    ? `port ${range.from}/${spec.protocol} is taken`
    : `ports ${range.from}-${range.to}/${spec.protocol} are taken`;
}
