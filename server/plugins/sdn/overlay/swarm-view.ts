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

/** The host is in a Swarm into which we have taken it. One whose joining was not seen to its end: all managers that it knows are hosts of ours. */
export function isOurs({ state, mark }: SwarmHost, known: readonly string[]): boolean {
  if (state.kind === 'inactive' || mark === null) return false;
  if (mark.nodeId !== null) return mark.nodeId === state.nodeId;
  return state.managers.every((address) => known.includes(address));
}

export function addressesOf({ self, others, away }: Pick<SwarmView, 'self' | 'others' | 'away'>): readonly string[] {
  return [self, ...others, ...away].map(({ address }) => address);
}
