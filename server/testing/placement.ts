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
    reservedMemoryBytes: 0,
    reservedCpus: 0,
    residents: [],
    place: {},
    ...fields,
  };
}

export function aCandidate(fields: Partial<HostView> & { readonly order: number }, refusal: string | null = null): PlacementCandidate {
  return { host: aHostView(fields), refusal };
}

const REQUEST = {
  memoryBytes: null,
  cpus: null,
  type: 'docker-container',
  parentId: null,
  applicationId: 'shop' as PlacementRequest['applicationId'],
  application: 'shop',
  image: 'web:1',
  labels: {},
  machine: { memoryBytes: null, cpus: null },
};

export function aRequest(fields: Partial<PlacementRequest> = {}): PlacementRequest {
  return { entityId: 'web' as PlacementRequest['entityId'], name: 'web', boundTo: null, ...REQUEST, ...fields };
}
