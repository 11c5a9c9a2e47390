import type { RootShell } from '../../../ports/sdn-provider.ts';
import type { SwarmMark } from './swarm-view.ts';

/** Kept over a boot, as Swarms are. */
export function folderOf(planeId: string): string {
  return `/var/lib/clocker/${planeId}`;
}

/** Line: folder. */
const READ = `
read -r folder <<END
$CK_TEXT
END
cat "$folder/swarm" 2>/dev/null
:
`;

/** Words: folder, node. What was noted of Docker's bridge is kept. */
const WRITE = `
set -- $CK_TEXT
mkdir -p "$1"
if [ -e "$1/swarm" ]; then read -r bridge _ <"$1/swarm"
elif docker network inspect docker_gwbridge >/dev/null 2>&1; then bridge=kept
else bridge=own
fi
echo "$bridge $2" >"$1/swarm.new" && mv "$1/swarm.new" "$1/swarm"
`;

/** Words: folder, `keep` where Docker's bridge stays anyway. One that somebody has put containers on meanwhile stays too. */
const REMOVE = `
set -- $CK_TEXT
read -r bridge _ <"$1/swarm"
if [ "$bridge" = own ] && [ "$2" != keep ]; then docker network rm docker_gwbridge >/dev/null 2>&1; fi
rm -f "$1/swarm"
rmdir "$1/overlay" "$1" /var/lib/clocker 2>/dev/null
:
`;

export async function readMark(shell: RootShell, planeId: string): Promise<SwarmMark | null> {
  const { output } = await shell.run(READ, folderOf(planeId));
  const [bridge, nodeId] = output.trim().split(' ');
  if (bridge !== 'own' && bridge !== 'kept') return null;
  return { ownsBridge: bridge === 'own', nodeId: nodeId ? nodeId : null };
}

/** `nodeId` null: before it joins. */
export async function writeMark(shell: RootShell, planeId: string, nodeId: string | null): Promise<void> {
  await shell.run(WRITE, `${folderOf(planeId)} ${nodeId ?? ''}`);
}

export async function removeMark(shell: RootShell, planeId: string, bridge: 'keep' | 'own'): Promise<void> {
  await shell.run(REMOVE, `${folderOf(planeId)} ${bridge}`);
}
