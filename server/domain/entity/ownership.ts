import type { Instance } from './instance.ts';

/** Labels on everything we make on a host. */
export const LABEL = {
  plane: 'io.clocker.plane',
  application: 'io.clocker.application',
  entity: 'io.clocker.entity',
  instance: 'io.clocker.instance',
  incarnation: 'io.clocker.incarnation',
  spec: 'io.clocker.spec',
  name: 'io.clocker.name',
  signature: 'io.clocker.sig',
} as const;

/** What our labels say about one container, volume or network. */
export interface Ownership {
  readonly planeId: string;
  /** Name on the host, of the thing itself. */
  readonly name: string;
  readonly applicationId: string;
  /** For what a whole application shares: its root. */
  readonly entityId: string;
  /** Empty for what is no container. */
  readonly instanceId: string;
  /** 0 for what is no container. */
  readonly incarnation: number;
  /** SHA-256 of the spec; empty for what is no container. */
  readonly specHash: string;
}

/** `ck-<plane>-<entity id, lower case>-<incarnation>` */
export function containerName(planeId: string, entityId: string, incarnation: number): string {
  return `ck-${planeId}-${entityId.toLowerCase()}-${incarnation}`;
}

const HALF_MADE = '.part';

/** What a container is called until its files are in it, or an image of one until it is whole: one that was left half made is never taken for a whole one. */
export function halfMadeName(name: string): string {
  return `${name}${HALF_MADE}`;
}

/** The name that a container has, or is to have once it is whole. */
export function wholeName(name: string): string {
  return name.endsWith(HALF_MADE) ? name.slice(0, -HALF_MADE.length) : name;
}

/** `ckv-<plane>-<entity id, lower case>-<logical name>` */
export function volumeName(planeId: string, entityId: string, logicalName: string): string {
  return `ckv-${planeId}-${entityId.toLowerCase()}-${logicalName}`;
}

/** `ckn-<plane>-<application id, lower case>-<logical name>-<first 8 digits of the hash of its definition>` */
export function networkName(planeId: string, applicationId: string, network: { readonly name: string; readonly hash: string }): string {
  return `ckn-${planeId}-${applicationId.toLowerCase()}-${network.name}-${network.hash.slice(0, 8)}`;
}

/** The parts of a container name made by `containerName`; null for any other name. The entity id comes back in lower case. */
export function parseContainerName(
  name: string,
): { readonly planeId: string; readonly entityId: string; readonly incarnation: number } | null {
  const match = /^ck-([a-z0-9]+)-([a-z0-9]+)-([1-9][0-9]{0,8})$/.exec(name);
  if (!match?.[1] || !match[2] || !match[3]) return null;
  return { planeId: match[1], entityId: match[2], incarnation: Number(match[3]) };
}

/** The parts of a volume name made by `volumeName`; null for any other name. The entity id comes back in lower case. */
export function parseVolumeName(
  name: string,
): { readonly planeId: string; readonly entityId: string; readonly logicalName: string } | null {
  const match = /^ckv-([a-z0-9]+)-([a-z0-9]+)-(.+)$/.exec(name);
  if (!match?.[1] || !match[2] || !match[3]) return null;
  return { planeId: match[1], entityId: match[2], logicalName: match[3] };
}

/** The text that is signed: plane, name, entity and spec hash, one a line (none of them may hold a line break). */
function signedText(ownership: Pick<Ownership, 'planeId' | 'name' | 'entityId' | 'specHash'>): string {
  return [ownership.planeId, ownership.name, ownership.entityId, ownership.specHash].join('\n');
}

/** The labels to put on what we make. `sign` is the secrets port's. */
export function ownershipLabels(ownership: Ownership, sign: (text: string) => string): Readonly<Record<string, string>> {
  return {
    [LABEL.plane]: ownership.planeId,
    [LABEL.application]: ownership.applicationId,
    [LABEL.entity]: ownership.entityId,
    [LABEL.instance]: ownership.instanceId,
    [LABEL.incarnation]: String(ownership.incarnation),
    [LABEL.spec]: ownership.specHash,
    [LABEL.name]: ownership.name,
    [LABEL.signature]: sign(signedText(ownership)),
  };
}

/** How to tell what is ours. */
export interface OwnershipCheck {
  readonly planeId: string;
  /** The secrets port's. */
  readonly verify: (text: string, signature: string) => boolean;
}

/**
 * Reads the labels of a thing called `name`; null when it is not ours. Ours means: our plane id, a signature that
 * verifies, and the name that was signed (labels copied to another container, by hand or by `docker commit`, do not make it ours).
 */
export function readOwnership(name: string, labels: Readonly<Record<string, string>>, check: OwnershipCheck): Ownership | null {
  if (labels[LABEL.plane] !== check.planeId || labels[LABEL.name] !== name) return null;
  const signature = labels[LABEL.signature] ?? '';
  const entityId = labels[LABEL.entity] ?? '';
  const specHash = labels[LABEL.spec] ?? '';
  if (signature === '' || entityId === '') return null;
  if (!check.verify(signedText({ planeId: check.planeId, name, entityId, specHash }), signature)) return null;
  return {
    planeId: check.planeId,
    name,
    applicationId: labels[LABEL.application] ?? '',
    entityId,
    instanceId: labels[LABEL.instance] ?? '',
    incarnation: Number(labels[LABEL.incarnation] ?? 0) || 0,
    specHash,
  };
}

type Row = Pick<Instance, 'containerName' | 'containerId' | 'adopted'>;

/** What the container of an instance is looked up by: an adopted one by its id alone, as its name may come to be another's. */
export function containerKey({ adopted, containerId, containerName }: Row): string {
  return adopted?.containerId ?? containerId ?? containerName;
}

/**
 * Whether a container that was found is the instance's: by signed labels, or, where it was adopted, by the very id that was recorded. A
 * container that has the name of an adopted one, or that id as its name, is another's.
 */
export function isContainerOf(
  instance: Row,
  found: { readonly id: string; readonly labels: Readonly<Record<string, string>> },
  check: OwnershipCheck,
): boolean {
  if (instance.adopted) return found.id === instance.adopted.containerId;
  return readOwnership(instance.containerName, found.labels, check) !== null;
}
