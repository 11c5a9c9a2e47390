import type { Host, HostKey, HostSetUp } from '../../../domain/entity/host.ts';
import type { CloudId, CredentialId, HostId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { newId } from '../../new-id.ts';
import {
  conflict,
  notFound,
  requireAddress,
  requireFingerprint,
  requireLabels,
  requireName,
  requirePort,
  requireUser,
} from './require-valid.ts';

export interface AddHostInput {
  readonly cloudId: CloudId;
  readonly name: string;
  readonly address: string;
  /** Of sshd, 1 to 65535. */
  readonly port: number;
  readonly user: string;
  readonly credentialId: CredentialId;
  /** The key that a person has compared: it is pinned. */
  readonly hostKey: HostKey;
  readonly labels?: Readonly<Record<string, string>>;
  /** Docker Engine is installed where it is missing, and configured. */
  readonly setUp?: boolean;
}

/** A set-up that is yet to begin. */
export const WANTED: HostSetUp = { state: 'wanted', taskId: null, problem: null };

/**
 * Writes the record; the host controller connects at once. Adding the very same host again gives the id it has.
 * @throws ClockerError input.invalid | not-found (cloud, credential) | conflict (name or address taken)
 */
export async function addHost(
  context: Pick<EngineContext, 'store' | 'ids' | 'clock'>,
  input: AddHostInput,
): Promise<{ readonly hostId: HostId }> {
  requireName('host', input.name);
  requireAddress(input.address);
  requirePort('Port', input.port);
  requireUser(input.user);
  requireFingerprint(input.hostKey);
  requireLabels(input.labels ?? {});
  return await context.store.commit((draft) => {
    if (!draft.get('cloud', input.cloudId)) throw notFound('cloud', input.cloudId);
    if (!draft.get('credential', input.credentialId)) throw notFound('credential', input.credentialId);
    for (const other of draft.all('host').values()) {
      const samePlace = other.address === input.address && other.port === input.port;
      if (samePlace && other.cloudId === input.cloudId && other.name === input.name) return { hostId: other.id };
      if (samePlace) throw conflict(`${input.address}:${input.port} is already host ${other.name}`, 'A machine can be in one cloud only.');
      if (other.cloudId === input.cloudId && other.name === input.name) {
        throw conflict(`The cloud already has a host ${input.name}`, 'Choose another name.');
      }
    }
    const orders = draft.hostsOf(input.cloudId).map((host) => host.order);
    const now = context.clock.now();
    const host: Host = {
      id: newId<'host'>(context.ids),
      cloudId: input.cloudId,
      name: input.name,
      address: input.address,
      port: input.port,
      user: input.user,
      credentialId: input.credentialId,
      hostKey: { type: input.hostKey.type, fingerprint: input.hostKey.fingerprint },
      order: Math.max(0, ...orders) + 1,
      labels: { ...input.labels },
      cordoned: false,
      state: 'connecting',
      reason: `Connecting to ${input.name}`,
      since: now,
      facts: null,
      foreignContainers: 0,
      ...(input.setUp ? { setUp: WANTED } : {}),
      createdAt: now,
    };
    draft.put('host', host);
    return { hostId: host.id };
  });
}
