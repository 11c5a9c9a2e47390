import type { Instance } from '../entity/instance.ts';

/** The one of its entity that still runs with an address that this one is to have: both never run. Undefined where there is none. */
export function takesOverFrom(instances: readonly Instance[], { id, endpoints = [] }: Instance): Instance | undefined {
  const own = new Set(endpoints.map(({ networkId, address }) => `${networkId} ${address}`));
  return instances.find(
    (other) =>
      other.id !== id &&
      other.state === 'running' &&
      (other.endpoints ?? []).some(({ networkId, address }) => own.has(`${networkId} ${address}`)),
  );
}
