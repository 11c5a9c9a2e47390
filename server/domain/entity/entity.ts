import type { NetworkChanges } from '../network/network-change.ts';
import type { ApplicationId, EntityId, HostId, InstanceId, TaskId } from '../shared/ids.ts';
import type { Json } from '../shared/json.ts';
import type { RestoredFrom } from '../snapshot/snapshot.ts';
import type { EntitySpec } from './entity-spec.ts';
import type { Goal, Lifecycle } from './lifecycle.ts';
import type { SensorWaits } from './sensor-waits.ts';

/** Names of the sensors that every entity has; Brooklyn's words. */
export const SENSOR = {
  state: 'service.state',
  expectedState: 'service.state.expected',
  isUp: 'service.isUp',
  notUpIndicators: 'service.notUp.indicators',
  problems: 'service.problems',
  hostAddress: 'host.address',
  hostName: 'host.name',
  subnetAddress: 'host.subnet.address',
  containerId: 'docker.container.id',
  containerName: 'docker.container.name',
  imageName: 'docker.image.name',
  processRunning: 'service.process.isRunning',
  exitCode: 'docker.container.exitCode',
  mainUri: 'main.uri',
  datastoreUrl: 'datastore.url',
  groupSize: 'group.members.count',
  groupMembers: 'group.members',
} as const;

export type Sensors = Readonly<Record<string, Json>>;

export interface Expected {
  readonly state: Lifecycle;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Crash {
  /** Consecutive failures since the entity was last up for `RESET_AFTER_MS`. */
  readonly failures: number;
  readonly lastAt: number;
}

/** What an operator can be asked, shown with its choices on the entity (for instance when its data sits on a lost host). */
export interface Question {
  readonly code: 'data-on-lost-host' | 'snapshot-on-lost-host';
  readonly text: string;
  readonly choices: readonly {
    readonly id: 'wait' | 'start-empty' | 'leave-snapshot' | 'stop';
    readonly title: string;
    readonly effect: string;
  }[];
}

export interface Quarantine {
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Put before the machine is obtained, and removed once it was given back. */
export interface MachineClaim {
  /** Name of the plug-in of `plugins/hosts`. */
  readonly provisioner: string;
  /** What it calls the machine. */
  readonly machine: string;
}

/**
 * One managed thing: an application, a cluster, a container service. Every field is durable.
 * `spec` is what the blueprint asks (never changed by the engine), the rest is what the engine knows and does.
 */
export interface Entity {
  readonly id: EntityId;
  readonly applicationId: ApplicationId;
  readonly parentId: EntityId | null;
  /** Canonical type id, a plug-in of `plugins/entities`. */
  readonly type: string;
  readonly name: string;
  /** `id` in the blueprint (`camp.plan.id`). */
  readonly planId: string | null;
  /** Stable place in the blueprint, by which generations are matched: `web/member`. */
  readonly path: string;
  /** Number of this member in its cluster, counted from 1, never reused; null for others. */
  readonly slot: number | null;
  /** Wanted number of members of a cluster, 0 or more; null for others. */
  readonly size: number | null;
  readonly spec: EntitySpec;
  /** Generation of the application that `spec` comes from. */
  readonly generation: number;
  /**
   * Generation whose recreation the rollout controller has granted. A running container older than `generation` is replaced
   * only when `granted >= generation`; the first start and healing need no grant.
   */
  readonly granted: number;
  readonly goal: Goal;
  /** Remove named volumes when destroyed. Set by a delete that said so. */
  readonly destroyVolumes: boolean;
  readonly expected: Expected;
  readonly actual: Lifecycle;
  readonly problems: Readonly<Record<string, string>>;
  readonly notUpIndicators: Readonly<Record<string, string>>;
  readonly sensors: Sensors;
  /** Instance that serves now (or is being started to serve). */
  readonly instanceId: InstanceId | null;
  /** Incarnation of the newest instance there ever was; 0 before the first. Container names are never used twice. */
  readonly incarnation: number;
  /** Host that holds this entity's named volumes, once any was made: placement is bound to it. */
  readonly dataHostId: HostId | null;
  /** Host that it is to leave: it gets a container elsewhere, and the one there goes once that serves. Absent otherwise. */
  readonly moveFrom?: HostId;
  /** The one host that it may leave that for; absent where any will do. What is not served there is healed where it is. */
  readonly moveTo?: HostId;
  /** The member that is to come in its place: it goes once that one is up. Absent otherwise. */
  readonly replacedBy?: EntityId;
  /** True once it has been up. Of members of clusters; absent before. */
  readonly wasUp?: true;
  /** Since when it is up, milliseconds since the epoch, until it has been for some seconds. Of members of clusters; absent otherwise. */
  readonly upSince?: number;
  /** True once it has been up for some seconds: from then on it is healed, whatever befalls it. Of members of clusters; absent before. */
  readonly settled?: true;
  /** A member that did not come up, kept to be looked at: no member any more. Absent for all others. */
  readonly quarantine?: Quarantine;
  /** It is restarted once those of its cluster before it are up again. Absent otherwise. */
  readonly awaitsRestart?: true;
  /** Of a group whose members are others than its children: those, in the order in which they came. Absent for all others. */
  readonly members?: readonly EntityId[];
  /** Of a group that a group of groups has made for some of its members: what these have in common. Absent for all others. */
  readonly bucket?: string;
  /** It runs from a snapshot in the place of the blueprint's image. Absent otherwise. */
  readonly snapshot?: RestoredFrom;
  /** What operators have changed in its networks, and in those of what is below it. Absent when nothing. */
  readonly networks?: NetworkChanges;
  /** Waiting is data: `db.datastore.url`, `placement: …`, `back-off until …`. Null when nothing is waited for. */
  readonly waitingFor: string | null;
  /** Sensors of other entities that it waits for; absent when there is none. */
  readonly waits?: SensorWaits;
  /** The machine that a host of a Docker cloud has claimed: nobody else gets it. Absent while it has none. */
  readonly machine?: MachineClaim;
  readonly question: Question | null;
  readonly crash: Crash;
  /** Bumped by a restart command: an instance started for a smaller number is replaced. */
  readonly restartSerial: number;
  /** The last effector call that concerns it: while that task runs, the steps on this entity are its children. */
  readonly taskId: TaskId | null;
  readonly createdAt: number;
}
