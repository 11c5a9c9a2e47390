import type { EntityId } from '../shared/ids.ts';

/** A host of a Docker cloud, as its size is planned. */
export interface HostMember {
  readonly id: EntityId;
  readonly slot: number;
  /** `vacant`: there is no host yet, or it was never up; `empty`: nothing is on it; `away`: nothing that is known; `used`: it may not go. */
  readonly state: 'vacant' | 'empty' | 'away' | 'used';
}

export interface HostsPlan {
  /** Slots to add. */
  readonly add: readonly number[];
  /** Hosts to give back: those that are no use first, then the newest. */
  readonly release: readonly EntityId[];
  /** The size that can be reached: more than was wanted where too many hosts are in use. */
  readonly size: number;
}

/** Brings the hosts to the wanted number; a host that holds anything stays. `highest`: the highest slot ever given. */
export function planHosts(members: readonly HostMember[], wanted: number, highest: number): HostsPlan {
  if (members.length <= wanted) {
    const add = Array.from({ length: wanted - members.length }, (_, index) => highest + index + 1);
    return { add, release: [], size: wanted };
  }
  const order = { vacant: 0, empty: 1, away: 2, used: 3 } as const;
  const free = members.filter(({ state }) => state !== 'used').sort((a, b) => order[a.state] - order[b.state] || b.slot - a.slot);
  const release = free.slice(0, members.length - wanted).map(({ id }) => id);
  return { add: [], release, size: members.length - release.length };
}
