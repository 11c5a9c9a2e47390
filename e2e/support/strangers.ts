import { dockerOn, type LabHost, SENTINEL } from './lab-hosts.ts';
import { describeSentinels } from './sentinels.ts';

/** What a container of others does: nothing, keep two processors busy, or hold 300 MiB of memory. */
export type StrangerKind = 'idle' | 'busy' | 'large';

/** A container on a host that somebody has made with the host's own Docker: it carries no label of ours. */
export interface Stranger {
  readonly host: LabHost;
  readonly id: string;
  /** What Docker said of it when it had been made: it has to be the same at the end. */
  readonly before: string;
}

const IMAGE = 'busybox:1.35';
const COMMANDS: Readonly<Record<StrangerKind, readonly string[]>> = {
  idle: [IMAGE, 'sleep', '1000000'],
  busy: [IMAGE, 'sh', '-c', 'while :; do :; done & while :; do :; done'],
  large: ['--tmpfs', '/held:size=400m', IMAGE, 'sh', '-c', 'dd if=/dev/zero of=/held/all bs=1M count=300 && exec sleep 1000000'],
};

export async function placeStranger(host: LabHost, kind: StrangerKind = 'idle'): Promise<Stranger> {
  const id = await dockerOn(host, 'run', '--detach', '--label', SENTINEL, ...COMMANDS[kind]);
  return { host, id, before: await describeStranger({ host, id }) };
}

/** Its id, state, start and number of restarts; `gone` where it is no longer there. */
export function describeStranger({ host, id }: Pick<Stranger, 'host' | 'id'>): Promise<string> {
  return describeSentinels(host, { containers: [id], networks: [], volumes: [] });
}

export async function removeStranger({ host, id }: Pick<Stranger, 'host' | 'id'>): Promise<void> {
  await dockerOn(host, 'rm', '--force', id);
}
