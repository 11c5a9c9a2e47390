import { fullName } from '../registry/image-source.ts';
import type { HostId } from '../shared/ids.ts';

/** An image that Clocker has brought to a host where it was not. Record id: `<hostId>:<name>`. Images that were there before have none. */
export interface HostImage {
  readonly id: string;
  readonly hostId: HostId;
  /** What it is called on the host. */
  readonly name: string;
  /** Another name that it got on the way: that of the mirror, or of the registry it was pushed to. */
  readonly otherName?: string;
  readonly how: 'pulled' | 'built' | 'snapshot';
  readonly at: number;
  /** Built, and still to be pushed by this name; absent once it was, or was given up. */
  readonly unpushed?: string;
}

export function hostImageId(hostId: HostId, name: string): string {
  return `${hostId}:${name}`;
}

/** The same for all ways to write one name: `docker.io/library/nginx:latest` for `nginx`. */
export function wholeImageName(name: string): string {
  const full = fullName(name);
  const last = full.slice(full.lastIndexOf('/') + 1);
  return /[:@]/.test(last) ? full : `${full}:latest`;
}
