import type { ImageInspectOptions } from 'dockerode';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';

interface Built {
  readonly Os: string;
  readonly Architecture: string;
  readonly Variant?: string | undefined;
}

export async function imageExists(
  { calls }: EngineParts,
  reference: string,
  options: Parameters<DockerEngine['imageExists']>[1],
): Promise<boolean> {
  const image = await calls.call<Built | null>({
    what: `inspection of image ${reference}`,
    deadlineMs: DEADLINE_MS.inspect,
    options,
    expected: { statuses: [404], value: null },
    perform: (docker, abortSignal) => docker.getImage(reference).inspect({ abortSignal } as ImageInspectOptions),
  });
  return image !== null && isBuiltFor(image, options?.platform);
}

function isBuiltFor({ Os, Architecture, Variant }: Built, platform: string | undefined): boolean {
  if (platform === undefined) return true;
  const [os, architecture, variant] = platform.split('/');
  return os === Os && architecture === Architecture && (!variant || !Variant || variant === Variant);
}
