import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { HostId } from '../../domain/shared/ids.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Which images are known to be on which host, and one pull at a time for each. */
export interface ImageCache {
  isPresent(hostId: HostId, image: string): boolean;
  forget(hostId: HostId, image: string): void;
  forgetHost(hostId: HostId): void;
  /**
   * Runs `fetch` unless it runs already for this host and image; all callers share its outcome. After a failure the same error is
   * thrown without another try until 1 s, 2 s, 4 s … 60 s are over, or until it comes from elsewhere.
   */
  ensure(request: WantedImage, fetch: () => Promise<void>): Promise<void>;
}

export interface WantedImage {
  readonly hostId: HostId;
  readonly image: string;
  /** Where it comes from: see `ImageSource.key`. */
  readonly from: string;
  readonly now: number;
}

/** What an image is known by: its name, and the platform that is asked for. */
export function imageKey({ image, options }: Pick<ContainerSpec, 'image' | 'options'>): string {
  return options?.platform ? `${image} ${options.platform}` : image;
}

interface Failure {
  readonly error: unknown;
  readonly from: string;
  readonly count: number;
  readonly retryAt: number;
}

export function createImageCache(): ImageCache {
  const present = new Map<HostId, Set<string>>();
  const pulls = new Map<string, Promise<void>>();
  const failures = new Map<string, Failure>();

  async function fetchOnce(key: string, { from, now }: WantedImage, fetch: () => Promise<void>): Promise<void> {
    try {
      await fetch();
      failures.delete(key);
    } catch (error) {
      const before = failures.get(key);
      const count = (before?.from === from ? before.count : 0) + 1;
      const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (count - 1));
      failures.set(key, { error, from, count, retryAt: now + delayMs });
      throw error;
    } finally {
      pulls.delete(key);
    }
  }

  return {
    isPresent: (hostId, image) => present.get(hostId)?.has(image) ?? false,
    forget: (hostId, image) => void present.get(hostId)?.delete(image),
    forgetHost: (hostId) => void present.delete(hostId),
    async ensure(wanted, fetch) {
      const { hostId, image, from, now } = wanted;
      const key = `${hostId} ${image}`;
      const failure = failures.get(key);
      if (failure && failure.from === from && now < failure.retryAt) throw failure.error;
      const pull = pulls.get(key) ?? fetchOnce(key, wanted, fetch);
      pulls.set(key, pull);
      await pull;
      const images = present.get(hostId) ?? new Set();
      present.set(hostId, images.add(image));
    },
  };
}
