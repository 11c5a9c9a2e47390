import { z } from 'zod';
import type { LabWorld } from './lab-world.ts';

const recordSchema = z.object({
  key: z.string(),
  /** Debian package and its version, for example `haproxy 2.6.12-1+deb12u1`. */
  contains: z.string(),
  builtAt: z.string(),
  /** Uncompressed, bytes. */
  sizeBytes: z.number(),
});
const recordsSchema = z.record(z.string(), recordSchema);
export type AppImageRecord = z.infer<typeof recordSchema>;
export type AppImageRecords = Readonly<Record<string, AppImageRecord>>;

/** What was built and pushed, by image folder. A file that cannot be read counts as nothing built. */
export async function readImageRecords(world: LabWorld): Promise<AppImageRecords> {
  const text = await world.files.readText(recordPath(world));
  try {
    return recordsSchema.safeParse(JSON.parse(text ?? '{}')).data ?? {};
  } catch {
    return {};
  }
}

export async function writeImageRecord(world: LabWorld, folder: string, record: AppImageRecord): Promise<void> {
  const records = { ...(await readImageRecords(world)), [folder]: record };
  await world.files.writeText(recordPath(world), `${JSON.stringify(records, null, 2)}\n`);
}

function recordPath(world: LabWorld): string {
  return `${world.settings.cacheFolder}/images.json`;
}
