import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LabHost } from '../../e2e/support/lab-hosts.ts';
import { toPeerIndex, toVethName } from '../../server/plugins/hosts/lab/packet-rules.ts';

const run = promisify(execFile);

export interface Cable {
  /** Resolves with the moment (`performance.now`) just before the link goes down. */
  pull(): Promise<number>;
  plugIn(): Promise<void>;
}

/** The end of a lab host's network cable that is on this machine, looked up beforehand so that pulling it is one command. */
export async function cableOf({ pid, name }: Pick<LabHost, 'pid' | 'name'>): Promise<Cable> {
  const inside = await run('nsenter', ['--target', String(pid), '--net', 'ip', '-o', 'link', 'show', 'eth0']);
  const veth = toVethName((await run('ip', ['-o', 'link', 'show'])).stdout, toPeerIndex(inside.stdout));
  if (!veth) throw new Error(`The cable of ${name} is not on this machine`);
  return {
    async pull() {
      const at = performance.now();
      await run('ip', ['link', 'set', veth, 'down']);
      return at;
    },
    plugIn: async () => void (await run('ip', ['link', 'set', veth, 'up'])),
  };
}
