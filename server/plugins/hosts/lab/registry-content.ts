import { z } from 'zod';
import type { LabWorld } from './lab-world.ts';

const manifestSchema = z.object({
  config: z.object({ digest: z.string() }),
  layers: z.array(z.object({ digest: z.string() })),
});

export type ContentVerdict = 'complete' | 'absent' | 'damaged';

/**
 * Checks that the registry's folder holds an image whole: every blob that the tag leads to is there and has the SHA-256 that
 * it is named by. Damaged blobs are removed, so that the next push brings them again.
 */
export async function verifyImage(world: LabWorld, repository: string, tag: string): Promise<ContentVerdict> {
  const root = `${world.paths.registryContent}/docker/registry/v2`;
  const link = await world.files.readText(`${root}/repositories/library/${repository}/_manifests/tags/${tag}/current/link`);
  if (link === undefined) return 'absent';
  const digest = link.trim();
  if (!(await verifyBlob(world, root, digest))) return 'damaged';
  const manifest = toManifest((await world.files.readText(blobPath(root, digest))) ?? '');
  if (!manifest) return 'damaged';
  let verdict: ContentVerdict = 'complete';
  for (const blob of [manifest.config, ...manifest.layers]) {
    if (!(await verifyBlob(world, root, blob.digest))) verdict = 'damaged';
  }
  return verdict;
}

async function verifyBlob(world: LabWorld, root: string, digest: string): Promise<boolean> {
  const path = blobPath(root, digest);
  if (`sha256:${await world.files.sha256(path)}` === digest) return true;
  await world.files.remove(path.replace(/\/data$/, ''));
  return false;
}

function blobPath(root: string, digest: string): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1] ?? 'unknown';
  return `${root}/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`;
}

function toManifest(text: string): z.infer<typeof manifestSchema> | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: the caller counts it as damaged.
    return undefined;
  }
}
