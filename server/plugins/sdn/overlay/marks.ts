import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { RootShell } from '../../../ports/sdn-provider.ts';
import type { SwarmMark } from './swarm-view.ts';

/** Kept over a boot, as Swarms are. */
export function folderOf(planeId: string): string {
  return `/var/lib/clocker/${planeId}`;
}

/** Lines: folder, that of the engine's Swarm. An engine takes its file away when it has left, and not when it ends. */
const READ = `
printf '%s\\n' "$CK_TEXT" | {
read -r folder
read -r engine
[ -e "$folder/swarm" ] && sed 's/^/mark /' "$folder/swarm"
[ -e "$engine/docker-state.json" ] && echo kept
:
}
`;

/** Words: folder, node. What was noted of Docker's bridge is kept; a bridge of which nothing is known is somebody's. */
const WRITE = `
set -e
set -- $CK_TEXT
mkdir -p "$1"
if [ -e "$1/swarm" ]; then read -r bridge _ <"$1/swarm"
elif out=$(docker network inspect docker_gwbridge 2>&1); then bridge=kept
else case $out in *"not found"*|*"No such network"*) bridge=own ;; *) bridge=kept ;; esac
fi
echo "$bridge $2" >"$1/swarm.new"
sync "$1/swarm.new"
mv "$1/swarm.new" "$1/swarm"
`;

/** Words: folder, `keep` where Docker's bridge stays anyway. One that somebody has put containers on meanwhile stays too. */
const REMOVE = `
set -- $CK_TEXT
if [ -e "$1/swarm" ]; then
  read -r bridge _ <"$1/swarm"
  if [ "$bridge" = own ] && [ "$2" != keep ]; then docker network rm docker_gwbridge >/dev/null 2>&1; fi
fi
rm -f "$1/swarm" "$1/swarm.new" || exit 1
rmdir "$1/overlay" "$1" /var/lib/clocker 2>/dev/null
:
`;

export interface ReadMark {
  readonly mark: SwarmMark | null;
  /** The engine keeps a Swarm on disk. */
  readonly isKept: boolean;
}

/** `engineFolder`: `SwarmState.folder`. Errors: network.refused, retryable. */
export async function readMark(shell: RootShell, planeId: string, engineFolder: string): Promise<ReadMark> {
  const output = await mustRun(shell, READ, `${folderOf(planeId)}\n${engineFolder}`);
  const lines = output.split('\n').map((line) => line.trim().split(' '));
  const [, bridge, nodeId] = lines.find(([word]) => word === 'mark') ?? [];
  const isKept = lines.some(([word]) => word === 'kept');
  if (bridge !== 'own' && bridge !== 'kept') return { mark: null, isKept };
  return { mark: { ownsBridge: bridge === 'own', nodeId: nodeId ? nodeId : null }, isKept };
}

/** `nodeId` null: before it joins. Errors: network.refused, retryable: what is not noted is not to be done either. */
export async function writeMark(shell: RootShell, planeId: string, nodeId: string | null): Promise<void> {
  await mustRun(shell, WRITE, `${folderOf(planeId)} ${nodeId ?? ''}`);
}

/** Errors: network.refused, retryable. */
export async function removeMark(shell: RootShell, planeId: string, bridge: 'keep' | 'own'): Promise<void> {
  await mustRun(shell, REMOVE, `${folderOf(planeId)} ${bridge}`);
}

async function mustRun(shell: RootShell, script: string, text: string): Promise<string> {
  const { output, code } = await shell.run(script, text);
  if (code === 0) return output;
  const told = output.trim().split('\n').at(-1) || `status ${code}`;
  throw new ClockerError('network.refused', { message: `What is noted of a Swarm cannot be read or written: ${told}`, retryable: true });
}
