import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { DockerSwarm } from '../../ports/docker-swarm.ts';

/** Simulated machines are in no Swarm and get into none. */
export function simulatedSwarm({ name }: { readonly name: string }): DockerSwarm {
  const refuse = async (): Promise<never> => {
    throw new ClockerError('engine.refused', { message: `${name} is simulated, and has no Swarm` });
  };
  return {
    state: async () => ({ kind: 'inactive', nodeId: '', isManager: false, managers: [], labels: null, folder: '', liveRestore: true }),
    ...{ init: refuse, recover: refuse, join: refuse, leave: refuse, joinToken: refuse, nodes: refuse },
    ...{ changeRole: refuse, removeNode: refuse, createOverlay: refuse, removeOverlay: refuse, overlays: refuse },
  };
}
