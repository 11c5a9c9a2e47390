import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { RootShell } from '../../ports/sdn-provider.ts';

export interface Fence {
  readonly planeId: string;
  readonly hostName: string;
  /** Of the store, when it was read what the host should have. */
  readonly revision: number;
}

/** A status of its own: EX_TEMPFAIL of sysexits. */
const BEHIND = 75;
const SAFE = /^[A-Za-z0-9_-]+$/;

/**
 * For scripts that change something. The host keeps the latest revision that it was changed by (`/run/clocker/<plane>/revision`, as long as it has
 * networks of the plane); what was decided by older records is refused, so that a console that hangs behind cannot undo what a later one has done.
 * Errors: conflict.stale.
 */
export function fenced(shell: RootShell, { planeId, hostName, revision }: Fence): RootShell {
  if (!SAFE.test(planeId)) throw new ClockerError('internal', { message: 'The id of the plane is no file name' });
  const folder = `/run/clocker/${planeId}`;
  const check = `
seen=0
if [ -r ${folder}/revision ]; then read -r seen <${folder}/revision; fi
if [ "$seen" -gt ${revision} ] 2>/dev/null; then echo "$seen"; exit ${BEHIND}; fi
[ -d ${folder} ] || mkdir -p ${folder}
echo ${revision} >${folder}/revision.new && mv ${folder}/revision.new ${folder}/revision
`;
  return {
    async run(script, text) {
      const result = await shell.run(`${check}${script}`, text);
      if (result.code !== BEHIND) return result;
      throw new ClockerError('conflict.stale', {
        message: `${hostName} has networks of a later state (revision ${result.output.trim()}) than this console knows (revision ${revision})`,
        hint: `Another console with the same plane key works on it: stop one of them. If these records are of a backup, remove ${folder}/revision on the host.`,
        retryable: true,
      });
    },
  };
}
