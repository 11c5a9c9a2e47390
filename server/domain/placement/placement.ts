import type { HostPlace } from '../entity/host.ts';
import type { ApplicationId, EntityId, HostId } from '../shared/ids.ts';
import type { Json } from '../shared/json.ts';

/** What placement may know of a host. */
export interface HostView {
  readonly id: HostId;
  readonly name: string;
  /** Order in which the host joined its cloud. */
  readonly order: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Containers of ours that count towards limits (planned ones included). */
  readonly containers: number;
  /** Running containers of others. */
  readonly foreignContainers: number;
  /** 0-1, null when unknown. */
  readonly cpu: number | null;
  readonly memoryBytes: number | null;
  readonly memoryUsedBytes: number | null;
  readonly cpus: number | null;
  /** Other members of the same parent that are placed here. */
  readonly siblings: number;
  /** Sum of the limits of the containers of ours that are placed here, for those that have one. */
  readonly reservedMemoryBytes: number;
  readonly reservedCpus: number;
  /** What of ours is placed here. */
  readonly residents: readonly Resident[];
  /** Where it stands; absent parts are not known. */
  readonly place: HostPlace;
}

/** An entity whose container is on a host, or about to be. */
export interface Resident {
  readonly entityId: EntityId;
  readonly name: string;
  readonly type: string;
  readonly parentId: EntityId | null;
  readonly applicationId: ApplicationId;
  readonly application: string;
}

export interface PlacementRequest {
  readonly entityId: EntityId;
  readonly name: string;
  /** Bound to this host by its data, unless `boundBy` says otherwise. */
  readonly boundTo: HostId | null;
  /** Only that host has the snapshot that it runs from. */
  readonly boundBy?: 'snapshot' | undefined;
  /** Has to be where others of its application are, on this host: they share a network or a volume that does not reach further. */
  readonly home?: { readonly hostId: HostId; readonly hostName: string; readonly because: string } | undefined;
  /** Its own limits. */
  readonly memoryBytes: number | null;
  readonly cpus: number | null;
  readonly type: string;
  readonly parentId: EntityId | null;
  readonly applicationId: ApplicationId;
  readonly application: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What a machine must have by its `provisioning.properties`: whole machines, not what is left of them. */
  readonly machine: { readonly memoryBytes: number | null; readonly cpus: number | null };
}

/** One configured strategy: the plug-in's id and its validated config. */
export interface StrategyChoice {
  readonly strategy: string;
  readonly config: Readonly<Record<string, Json>>;
}

export interface PlacementContext {
  /** Placements decided before this one in the cloud: the seed of random choices, so decisions replay. */
  readonly sequence: number;
  /**
   * `HostView.order` of the host that the cloud's last placement chose, null before the first: where a round robin goes on, also
   * when hosts were refused, added or removed since.
   */
  readonly lastHostOrder: number | null;
  /** All hosts of the cloud, those that are refused too; absent: those that are given. */
  readonly all?: readonly HostView[];
}

/**
 * A placement strategy maps candidates to candidates: it refuses with reasons and orders what stays. Pure: state lives in
 * `context`, never in the strategy. Strategies apply in list order, those of the cloud first; the first host left is taken.
 */
export interface PlacementStrategy<Config = Readonly<Record<string, Json>>> {
  apply(hosts: readonly HostView[], request: PlacementRequest, config: Config, context: PlacementContext): StrategyOutcome;
  /** The same, told of one host at a time: what an index of many hosts keeps. Absent: hosts can only be judged together. */
  readonly perHost?: PerHost<Config>;
}

/** Parts of a strategy, in the order in which they apply. All see one host: its score depends on what is on that host alone. */
export interface PerHost<Config = Readonly<Record<string, Json>>> {
  /** Why the host is refused, or null. */
  readonly refuse?: (host: HostView, request: PlacementRequest, config: Config) => string | null;
  /** It refuses by what is measured, which swings. */
  readonly isMeasured?: boolean;
  /** Smallest first; equal ones keep their order. */
  readonly score?: HostScore<Config>;
  /** Replaces the order there was: as the hosts joined, in turn after the one chosen last, or shuffled. */
  readonly order?: { readonly ordered: string; readonly by: 'joined' | 'turn' | 'random' };
  /** The group of hosts with the fewest siblings first: null where config asks for none, undefined for a host of no group, which comes last. */
  readonly spread?: { ordered(config: Config): string; groupOf(host: HostView, config: Config): string | null | undefined };
  /** True where its answer depends on the entity's name or id. */
  readonly readsName?: (config: Config) => boolean;
}

export interface HostScore<Config = Readonly<Record<string, Json>>> {
  readonly ordered: string;
  of(host: HostView, request: PlacementRequest, config: Config): number;
  /** A score in words, as `5 containers`; absent: the number. */
  tell?(score: number): string;
  /** It is what was measured, and swings: what is gained by less is not worth a move. Absent for what is counted. */
  readonly leastGain?: number;
}

export interface StrategyOutcome {
  readonly hosts: readonly HostView[];
  readonly refused: readonly { readonly hostId: HostId; readonly reason: string }[];
  /** Why the order is what it is, in one sentence, when the strategy orders. */
  readonly ordered?: string;
}

/** The stored explanation of one choice. Record id equals `Instance.decisionId`. */
export interface PlacementDecision {
  readonly id: string;
  readonly entityId: EntityId;
  readonly hostId: HostId | null;
  readonly at: number;
  readonly explanation: readonly PlacementReason[];
}

export interface PlacementReason {
  /** Strategy id, or `host` for cordoned, not ready, bound. */
  readonly by: string;
  readonly hostId: HostId | null;
  readonly text: string;
  readonly refused: boolean;
}
