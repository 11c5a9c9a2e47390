import type { Host, HostPlace } from '../../../domain/entity/host.ts';
import type { CredentialId, HostId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { conflict, invalid, notFound, requireAddress, requireLabels, requireName, requirePort, requireUser } from './require-valid.ts';

export interface UpdateHostInput {
  readonly hostId: HostId;
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly credentialId?: CredentialId | undefined;
  /** All labels that it is to have. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** All that is known of where it stands. */
  readonly place?: HostPlace | undefined;
}

/**
 * Changes what is known of a host. With another address, user or credential it is connected to anew; its pinned key stays, so that another
 * machine at the new address is refused. @throws ClockerError input.invalid | not-found | conflict (name or address taken)
 */
export async function updateHost(context: Pick<EngineContext, 'store'>, input: UpdateHostInput): Promise<void> {
  const { name, address, port, user, credentialId, labels, place } = input;
  if (name !== undefined) requireName('host', name);
  if (address !== undefined) requireAddress(address);
  if (port !== undefined) requirePort('Port', port);
  if (user !== undefined) requireUser(user);
  if (labels !== undefined) requireLabels(labels);
  if (place !== undefined) requirePlace(place);
  await context.store.commit((draft) => {
    const host = draft.get('host', input.hostId);
    if (!host) throw notFound('host', input.hostId);
    if (credentialId !== undefined && !draft.get('credential', credentialId)) throw notFound('credential', credentialId);
    const { place: before, ...rest } = host;
    const wanted = place ?? before;
    const next: Host = {
      ...rest,
      name: name ?? host.name,
      address: address ?? host.address,
      port: port ?? host.port,
      user: user ?? host.user,
      credentialId: credentialId ?? host.credentialId,
      labels: labels === undefined ? host.labels : { ...labels },
      ...(wanted === undefined || Object.keys(wanted).length === 0 ? {} : { place: wanted }),
    };
    for (const other of draft.all('host').values()) {
      if (other.id === host.id) continue;
      const samePlace = other.address === next.address && other.port === next.port;
      if (samePlace) throw conflict(`${next.address}:${next.port} is already host ${other.name}`, 'A machine can be in one cloud only.');
      if (other.cloudId === host.cloudId && other.name === next.name)
        throw conflict(`The cloud already has a host ${next.name}`, 'Choose another name.');
    }
    draft.put('host', next);
  });
}

function requirePlace({ region, zone, country, latitude, longitude }: HostPlace): void {
  const wrong = [region, zone].find((text) => text !== undefined && !/^[A-Za-z0-9][A-Za-z0-9_. -]{0,62}$/.test(text));
  if (wrong !== undefined) throw invalid(`${JSON.stringify(wrong)} is no region or zone`, 'Use 1 to 63 letters, digits, _ . - or spaces.');
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    throw invalid(`${JSON.stringify(country)} is no country`, 'Use its two letters of ISO 3166, such as DE.');
  }
  if ((latitude === undefined) !== (longitude === undefined)) {
    throw invalid('A place has a latitude and a longitude, or neither', 'Give both, in degrees.');
  }
  if (latitude !== undefined && Math.abs(latitude) > 90)
    throw invalid(`Latitude ${latitude} is out of range`, 'Use -90 to 90 degrees north.');
  if (longitude !== undefined && Math.abs(longitude) > 180)
    throw invalid(`Longitude ${longitude} is out of range`, 'Use -180 to 180 degrees east.');
}
