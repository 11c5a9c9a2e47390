/** Room that is to be kept besides what runs. Several together: the one that needs most hosts wins. */
export interface HeadroomRules {
  /** Places of a host: containers that it takes at most, 1 or more. */
  readonly maxContainers: number;
  /** Containers that must still fit. */
  readonly count?: number;
  /** Part of all places that must be free, between 0 and 1, both excluded. */
  readonly percent?: number;
  /** CPUs that must not be promised to a container. */
  readonly cpus?: number;
  /** Bytes that must not be promised to a container. */
  readonly memoryBytes?: number;
  readonly minHosts: number;
  /** Absent: as many as are needed. */
  readonly maxHosts?: number;
}

/** CPUs or bytes of all hosts that count, and what containers were promised of them. */
export interface Capacity {
  readonly promised: number;
  readonly total: number;
  /** Of the smallest host: what one more would bring at least. */
  readonly smallest: number;
  /** Of the largest host: what one less could take away. */
  readonly largest: number;
}

export interface CloudLoad {
  /** Hosts that take containers now. */
  readonly hosts: number;
  /** On these hosts, whoever made them, and those that wait for a host. */
  readonly containers: number;
  /** Absent where the size of no host is known. */
  readonly cpus?: Capacity;
  readonly memoryBytes?: Capacity;
}

export type HeadroomReason = 'containers' | 'count' | 'percent' | 'cpu' | 'memory' | 'min' | 'max';

export interface HeadroomPlan {
  /** Hosts that load and headroom need, within the bounds. */
  readonly target: number;
  /** Which rule, or which bound, set the target. */
  readonly reason: HeadroomReason;
  /** Places missing to the headroom by count or percentage; less than 0 where there are more than enough. */
  readonly needed: number;
  /** Containers by places, 0 to 1 and beyond; 1 where something waits and there is no place at all. */
  readonly utilisation: number;
  /** Clocker's thresholds of utilisation. */
  readonly low: number;
  readonly high: number;
  /** `hot`: places are missing; `cold`: a host's worth and more is free besides the headroom. */
  readonly state: 'hot' | 'cold' | 'ok';
}

/**
 * Hosts that a cloud needs, computed directly: ceil((containers + headroom) / places of a host). Clocker's ratio of utilisations
 * overshoots, and says nothing where the headroom is as large as the cloud.
 */
export function planHeadroom(rules: HeadroomRules, load: CloudLoad): HeadroomPlan {
  const wishes = wishesOf(rules, load);
  const largest = wishes.reduce((most, wish) => (wish.hosts > most.hosts ? wish : most));
  const bounded = withinBounds(largest, rules);
  const possible = rules.maxContainers * load.hosts;
  const available = possible - load.containers;
  const headroom = Math.max(rules.count ?? 0, partOf(rules.percent ?? 0, possible));
  const needed = headroom - available;
  return {
    target: bounded.hosts,
    reason: bounded.reason,
    needed,
    utilisation: possible > 0 ? load.containers / possible : Math.min(load.containers, 1),
    low: possible > 0 ? Math.max(0, (possible - headroom - rules.maxContainers) / possible) : 0,
    high: possible > 0 ? Math.max(0, (possible - headroom) / possible) : 0,
    state: needed > 0 ? 'hot' : available > headroom + rules.maxContainers ? 'cold' : 'ok',
  };
}

interface Wish {
  readonly hosts: number;
  readonly reason: HeadroomReason;
}

/** What is there already has its place in any case: that is the first of the wishes. */
function wishesOf(rules: HeadroomRules, load: CloudLoad): readonly [Wish, ...Wish[]] {
  const { maxContainers: max, count, percent } = rules;
  const wishes: [Wish, ...Wish[]] = [{ hosts: Math.ceil(load.containers / max), reason: 'containers' }];
  if (count !== undefined && count > 0) wishes.push({ hosts: Math.ceil((load.containers + count) / max), reason: 'count' });
  if (percent !== undefined && percent > 0) wishes.push({ hosts: hostsForPercent(percent, load.containers, max), reason: 'percent' });
  const cpu = hostsForCapacity(rules.cpus, load.cpus, load.hosts);
  if (cpu !== null) wishes.push({ hosts: cpu, reason: 'cpu' });
  const memory = hostsForCapacity(rules.memoryBytes, load.memoryBytes, load.hosts);
  if (memory !== null) wishes.push({ hosts: memory, reason: 'memory' });
  return wishes;
}

function withinBounds(wish: Wish, { minHosts, maxHosts }: HeadroomRules): Wish {
  if (maxHosts !== undefined && Math.max(wish.hosts, minHosts) > maxHosts) return { hosts: maxHosts, reason: 'max' };
  return wish.hosts < minHosts ? { hosts: minHosts, reason: 'min' } : wish;
}

/** The fewest hosts of which that part of the places is free. */
function hostsForPercent(percent: number, containers: number, max: number): number {
  const fits = (hosts: number): boolean => containers + partOf(percent, hosts * max) <= hosts * max;
  let hosts = Math.max(0, Math.ceil(containers / (max * (1 - percent))) - 1);
  // Rounding moves the answer by a host or two, never by more.
  while (!fits(hosts)) hosts += 1;
  return hosts;
}

/** The part of so many places, whole ones; what only the last bits of a fraction add does not count. */
function partOf(percent: number, places: number): number {
  return Math.ceil(percent * places - 1e-9);
}

/** Hosts are of different sizes: one more counts as the smallest there is, one less as the largest. */
function hostsForCapacity(headroom: number | undefined, capacity: Capacity | undefined, hosts: number): number | null {
  if (headroom === undefined || headroom <= 0 || capacity === undefined || capacity.smallest <= 0) return null;
  const missing = capacity.promised + headroom - capacity.total;
  if (missing > 0) return hosts + Math.ceil(missing / capacity.smallest);
  return hosts - Math.floor(-missing / capacity.largest);
}
