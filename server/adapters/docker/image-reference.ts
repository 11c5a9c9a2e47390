import { ClockerError } from '../../domain/shared/clocker-error.ts';

const REFERENCE = /^[a-z0-9](?:[a-z0-9._:@+/-]*[a-z0-9])?$/i;
const DIGEST = /@[a-z0-9+._-]+:[0-9a-f]+$/i;

/**
 * Splits what a blueprint calls an image into what the pull call wants. Without a tag and a digest the engine would pull every tag,
 * so `latest` is filled in as the docker command does.
 */
export function toPullQuery(reference: string): { readonly fromImage: string; readonly tag?: string } {
  if (DIGEST.test(reference)) return { fromImage: reference };
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const colon = name.indexOf(':');
  if (colon < 0) return { fromImage: reference, tag: 'latest' };
  const tag = name.slice(colon + 1);
  return { fromImage: reference.slice(0, reference.length - tag.length - 1), tag };
}

/** Refuses what could not be an image, and could name another path of the engine's API. Errors: input.invalid. */
export function toReference(reference: string): string {
  if (REFERENCE.test(reference) && !/\.\.|\/\/|\/\.\//.test(reference)) return reference;
  throw new ClockerError('input.invalid', {
    message: `Not a name of an image: ${JSON.stringify(reference)}`,
    hint: 'Write it as [registry/]name[:tag] or [registry/]name@digest.',
  });
}
