import type { PlacementCandidate } from '../domain/placement/decide-placement.ts';
import type { HostView, PlacementRequest } from '../domain/placement/placement.ts';

/** An empty host, named after its place in the cloud. */
export function aHostView(fields: Partial<HostView> & { readonly order: number }): HostView {
  const name = `host-${fields.order}`;
  return {
    id: name as HostView['id'],
    name,
    labels: {},
    containers: 0,
    foreignContainers: 0,
    cpu: null,
    memoryBytes: null,
    memoryUsedBytes: null,
    cpus: null,
    siblings: 0,
    ...fields,
  };
}

export function aCandidate(fields: Partial<HostView> & { readonly order: number }, refusal: string | null = null): PlacementCandidate {
  return { host: aHostView(fields), refusal };
}

export function aRequest(fields: Partial<PlacementRequest> = {}): PlacementRequest {
  return { entityId: 'web' as PlacementRequest['entityId'], name: 'web', boundTo: null, memoryBytes: null, cpus: null, ...fields };
}
