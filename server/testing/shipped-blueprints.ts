import { readdirSync, readFileSync } from 'node:fs';

export interface ShippedBlueprint {
  /** `docker-redis.yaml` */
  readonly file: string;
  readonly text: string;
}

const folder = new URL('../../blueprints/', import.meta.url);

/** Those that deploy as they stand on the images of the lab: three hosts of 1 GiB have room for any one of them. */
export function deployableBlueprints(): readonly ShippedBlueprint[] {
  return blueprintsIn(folder).filter((blueprint) => !isCloud(blueprint));
}

/** Docker clouds: they deploy to where machines come from. */
export function cloudBlueprints(): readonly ShippedBlueprint[] {
  return blueprintsIn(folder).filter(isCloud);
}

function isCloud({ text }: ShippedBlueprint): boolean {
  return text.includes('type: docker-infrastructure');
}

/** Those that ask for what nothing acts on yet, or for images that were not tried: they are planned only. */
export function unverifiedBlueprints(): readonly ShippedBlueprint[] {
  return blueprintsIn(new URL('unverified/', folder));
}

function blueprintsIn(url: URL): readonly ShippedBlueprint[] {
  const files = readdirSync(url).filter((file) => file.endsWith('.yaml'));
  return files.sort().map((file) => ({ file, text: readFileSync(new URL(file, url), 'utf8') }));
}
