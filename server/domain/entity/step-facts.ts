import type { Home } from '../network/decide-home.ts';
import type { HostId } from '../shared/ids.ts';
import type { ProcessFacts, ProcessMove } from '../software/next-process-step.ts';
import type { SoftwarePlaceKind } from '../software/process-spec.ts';
import type { NetworkAttachment } from './container-spec.ts';
import type { Entity } from './entity.ts';
import type { HostState } from './host.ts';
import type { Instance } from './instance.ts';
import type { RestartPolicy } from './restart-policy.ts';

/** What an entity's container should be, as far as its config can be evaluated now. */
export type Desired =
  | {
      readonly kind: 'resolved';
      readonly specHash: string;
      readonly memoryBytes: number | null;
      readonly cpus: number | null;
      /** Hash of the files that are rewritten in place; null for types without. */
      readonly liveHash: string | null;
      readonly networks: readonly NetworkAttachment[];
      /** On a machine of its own, or in a container as everything else. */
      readonly place: SoftwarePlaceKind;
      /** Only one host port, or one address, will do: two containers cannot run side by side. */
      readonly exclusive: boolean;
    }
  /** `failure`: it is waited for no longer. */
  | { readonly kind: 'waiting'; readonly for: string; readonly lookAgainAt?: number; readonly failure?: string }
  | { readonly kind: 'invalid'; readonly problem: string };

/** All that the next step depends on. */
export interface EntityFacts {
  readonly now: number;
  readonly kind: 'group' | 'cluster' | 'container' | 'cloud' | 'host';
  readonly entity: Entity;
  /** Instances of the entity in order of incarnation. */
  readonly instances: readonly Instance[];
  readonly childCount: number;
  /** What a Docker cloud or its host still holds, and gives back before it goes; null for all others. */
  readonly holding: string | null;
  /** State of each host that holds an instance or a volume; a host that was removed is missing. */
  readonly hosts: Readonly<Record<string, HostState>>;
  readonly cordoned: readonly string[];
  readonly desired: Desired;
  /** The current instance's image is on its host. */
  readonly imagePresent: boolean;
  /** The image that is wanted now is on the current instance's host. */
  readonly nextImagePresent: boolean;
  /** The only host with the snapshot that it runs from; null where it runs from none, or from one that any host can fetch. */
  readonly snapshotHostId: HostId | null;
  /** All named volumes of the current instance exist on its host. */
  readonly volumesPresent: boolean;
  /** A network that the current instance, still to be created, waits for; null when all are there. */
  readonly network: { readonly name: string; readonly problem: string } | null;
  /** What the current instance, still to be created, needs of what others made on its host, and that is not there; null when all is. */
  readonly missing: string | null;
  /** What the entity depends on and has to wait for before it starts; null when nothing is. */
  readonly dependency: string | null;
  readonly policy: RestartPolicy;
  /** Where networks and shared volumes want a new container to be. */
  readonly home: Home;
  /** Hosts with named volumes of this entity. */
  readonly volumeHosts: readonly HostId[];
  /** When the current instance may be probed again, milliseconds since the epoch. */
  readonly probeAt: number;
  /** Instances that a running load balancer serves. */
  readonly served: readonly string[];
  /** When each instance was last dropped by a load balancer, milliseconds since the epoch. */
  readonly droppedAt: Readonly<Record<string, number>>;
  readonly order: 'stop-first' | 'start-first';
  /** The process that commands install and run there; null for all others, and while there is no instance. */
  readonly process: ProcessFacts | null;
  /** Latch that stands before its machine or container is got or made, or before what runs is stopped; null when none does. */
  readonly latch: string | null;
}

export type Step =
  | { readonly kind: 'nothing'; readonly lookAgainAt?: number }
  /** `problem`: what stands against it, for a person to mend. */
  | { readonly kind: 'wait'; readonly for: string; readonly lookAgainAt?: number; readonly problem?: WaitProblem }
  /** A host must be chosen for a new instance. `beside`: the current one goes on until the new one is ready. */
  | { readonly kind: 'place' }
  /** A new incarnation on the same host, with the host ports of the old one. */
  | { readonly kind: 'replace'; readonly instance: Instance; readonly failures: number | null }
  /** The same container is started again after it ended. */
  | { readonly kind: 'revive'; readonly instance: Instance; readonly failures: number }
  /** The entity lets go of an ended instance, to be placed anew. `failures`: those in a row before this one; null when none is counted. */
  | { readonly kind: 'abandon'; readonly instance: Instance; readonly failures: number | null }
  /** The process of an instance comes one step further. */
  | { readonly kind: 'process'; readonly instance: Instance; readonly move: ProcessMove }
  /** The machine that it had for itself goes back to where it came from. */
  | { readonly kind: 'release-machine' }
  | { readonly kind: 'ask' | 'withdraw-question' | 'calm' | 'remove-volumes' | 'delete-row' }
  | {
      readonly kind:
        | 'pull'
        | 'prefetch'
        | 'ensure-volumes'
        | 'create'
        | 'start'
        | 'probe'
        | 'reload'
        | 'limits'
        | 'plan-networks'
        | 'join-networks'
        | 'drain'
        | 'keep'
        | 'stop'
        | 'remove'
        | 'forget';
      readonly instance: Instance;
    };

export interface WaitProblem {
  readonly key: 'config' | 'network' | 'external';
  readonly text: string;
}
