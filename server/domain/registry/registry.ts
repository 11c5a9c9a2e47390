/**
 * A registry of images as the hosts reach it: the login that it wants, and the names that are fetched from it instead of from where they
 * say. Record id: its address.
 */
export interface Registry {
  /** As the names of its images begin, without a scheme: `registry.example.org:5000`, `ghcr.io/acme`; Docker Hub is `docker.io`. */
  readonly id: string;
  /** Absent: no login. */
  readonly username?: string;
  /** Password or token, encrypted with the key file of the installation. */
  readonly sealed?: string;
  /**
   * Beginnings of names, such as `docker.io` or `quay.io/acme`: what begins so is fetched from here, under the rest of its name. One with a tag is one
   * image, which the `latest` of this address stands for.
   */
  readonly insteadOf: readonly string[];
  readonly setAt: number;
  readonly setBy: string;
}

export const DOCKER_HUB = 'docker.io';
/** What Docker’s own login calls Docker Hub. */
const HUB_SERVER = 'https://index.docker.io/v1/';

const ADDRESS = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/;
const LONGEST_ADDRESS = 200;

/** True for a host, a port where it is not 443, and a path; no scheme. */
export function isRegistryAddress(address: string): boolean {
  return address.length <= LONGEST_ADDRESS && ADDRESS.test(address) && /[.:]|^localhost$/.test(hostOf(address));
}

/** An address as people write it, with a scheme or a slash at its end; undefined where it is none. */
export function toRegistryAddress(written: string): string | undefined {
  const address = written
    .trim()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');
  return isRegistryAddress(address) ? address : undefined;
}

/** The server that a login is for, in the words of the engine's API. */
export function serverOf(address: string): string {
  const host = hostOf(address);
  return host === DOCKER_HUB ? HUB_SERVER : host;
}

function hostOf(address: string): string {
  return address.split('/')[0] ?? '';
}
