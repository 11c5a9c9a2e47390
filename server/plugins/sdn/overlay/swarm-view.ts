import type { OverlayView, SwarmNode, SwarmState } from '../../../ports/docker-swarm.ts';

/** Written on a host before we take it into a Swarm, and kept until it is out of it and all is as before. */
export interface SwarmMark {
  /** Docker's bridge for Swarms was not there before, and goes when the host leaves. */
  readonly ownsBridge: boolean;
  /** Of the host in our Swarm; null until it has joined. */
  readonly nodeId: string | null;
}

export interface SwarmHost {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly isWanted: boolean;
  readonly state: SwarmState;
  readonly mark: SwarmMark | null;
  /** Its engine starts or ends: it says that it is in no Swarm, and is. */
  readonly isBetween: boolean;
  /** As a manager it knows that its Swarm has the labels of the cloud, or that it has not; null where it does not know. */
  readonly isLabelled: boolean | null;
}

/** What the hosts of a cloud are now, seen from one that is settled. */
export interface SwarmView {
  readonly self: SwarmHost;
  /** Those that can be asked now. */
  readonly others: readonly SwarmHost[];
  /** Those with networks that cannot be asked now. */
  readonly away: readonly { readonly name: string; readonly address: string }[];
  /** The manager of ours that answers for all; null where none does. */
  readonly control: string | null;
  /** As that one tells it; empty without one. */
  readonly nodes: readonly SwarmNode[];
  readonly overlays: readonly OverlayView[];
}

type Hosts = Pick<SwarmView, 'self' | 'others' | 'away'>;

/**
 * The host is in a Swarm into which we have taken it. One whose joining was not seen to its end may have been put into another since: all managers that it
 * knows are hosts of ours, and none of them knows its Swarm as one of others.
 */
export function isOurs({ state, mark, isLabelled }: SwarmHost, { self, others, away }: Hosts): boolean {
  if (state.kind === 'inactive' || mark === null) return false;
  if (mark.nodeId !== null) return mark.nodeId === state.nodeId;
  if (isLabelled !== null) return isLabelled;
  const hosts = [self, ...others];
  return state.managers.every((address) => {
    const manager = hosts.find((host) => host.address === address);
    return manager ? manager.isLabelled !== false : away.some((host) => host.address === address);
  });
}

/** Its joining was seen to its end: it is noted which node the host is. */
export function isNoted({ state, mark }: SwarmHost): boolean {
  return state.nodeId !== '' && mark?.nodeId === state.nodeId;
}
