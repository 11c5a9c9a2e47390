import type { Cloud, Host } from '../entity/host.ts';
import type { RecordReader } from '../shared/records.ts';

/** The cloud that a host is in; undefined for the machine of one process, and for what is not there. */
export function cloudOfHost(records: Pick<RecordReader, 'get'>, host: Pick<Host, 'cloudId'> | undefined): Cloud | undefined {
  return host === undefined || host.cloudId === null ? undefined : records.get('cloud', host.cloudId);
}

/** True for the machine of one process: it has no containers, and its Docker Engine, if any, is nobody's business. */
export function isMachine({ cloudId }: Pick<Host, 'cloudId'>): boolean {
  return cloudId === null;
}
