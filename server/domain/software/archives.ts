import { HOST_VOLUMES, isHostFolder } from '../entity/host-access.ts';

/** An archive that a process or a container is given: what the blueprint calls it, and where it goes. */
export interface ArchivePlace {
  /** URL, or folder beside the blueprint. */
  readonly source: string;
  /** Below the run folder of a process; of a container absolute. */
  readonly path: string;
  /** Its files into the folder `path`; absent puts the archive there as one file, a zip. */
  readonly unpack?: true;
}

/** The same with its content as it was kept when the blueprint was deployed. */
export interface ArchiveSpec extends Omit<ArchivePlace, 'source'> {
  /** Content hash of its files. */
  readonly hash: string;
}

/**
 * Sources in the value of a config key: a text, one text with commas where the key takes a list, a list, or the values of a map; of volumes the keys that are
 * no folders of the host. Expressions are none.
 */
export function sourcesIn(key: string, value: unknown): readonly string[] {
  if (typeof value === 'string') return LISTS.includes(key) ? value.split(',').flatMap(toSource) : toSource(value);
  if (Array.isArray(value)) return value.flatMap((item) => (typeof item === 'string' ? toSource(item) : []));
  if (typeof value !== 'object' || value === null || '$dsl' in value) return [];
  if (key === HOST_VOLUMES) return Object.keys(value).filter((source) => !isHostFolder(source));
  return Object.values(value).flatMap((item) => (typeof item === 'string' ? toSource(item) : []));
}

const LISTS: readonly string[] = ['wars.named'];

function toSource(text: string): readonly string[] {
  const source = text.trim();
  return source === '' ? [] : [source];
}
