import type { LocationSpec } from '../domain/entity/entity-spec.ts';
import type { HostKey, HostPlace } from '../domain/entity/host.ts';

/** One machine that a Docker cloud has claimed. */
export interface MachineRequest {
  /** As `offer` called it. */
  readonly machine: string;
  readonly location: LocationSpec;
  /** Memory that the machine must have at least, in bytes; one that is made gets so much. */
  readonly memoryBytes?: number;
  /** CPUs that it must have at least. */
  readonly cpus?: number;
}

/** How the key of a machine is known. */
export type ExpectedKey =
  /** Known from its making. */
  | { readonly kind: 'known'; readonly hostKey: HostKey }
  /** A person has written its fingerprint down. */
  | { readonly kind: 'pinned'; readonly fingerprint: string }
  /** Taken as it is seen: a person has chosen so, or nobody can stand in between. */
  | { readonly kind: 'first-use' }
  /** A person is to compare and accept it. */
  | { readonly kind: 'ask' };

/** The private key to log in with. */
export type MachineLogin =
  /** A stored credential, by its name; without a name the only one there is. */
  | { readonly kind: 'stored'; readonly name?: string }
  /** One of the provisioner's own, to be stored under this name. */
  | { readonly kind: 'given'; readonly name: string; readonly privateKey: string };

/** A machine that is there, with all that a host needs. */
export interface ObtainedMachine {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly login: MachineLogin;
  readonly key: ExpectedKey;
  /** False only where it is known that it has a Docker Engine. */
  readonly bare: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly place?: HostPlace;
}

export interface ProvisionProgress {
  readonly step: string;
  readonly detail: string;
  /** Done so far, 0 to 1. */
  readonly fraction: number;
}

export interface ProvisionOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ProvisionProgress) => void;
}

/**
 * A plug-in of `plugins/hosts`: gives machines to Docker clouds, one at a time, and takes them back. The engine claims a machine by its
 * name before it is obtained, so that a crash never takes two and never loses one.
 */
export interface HostProvisioner {
  /** Kind of the locations that it serves: `byon`, `localhost`, `lab`. */
  readonly id: string;
  /** Name for people. */
  readonly title: string;
  /** True where a machine that is given back is no more, with all that is on it. */
  readonly removesMachines: boolean;
  /** Names of the stored credentials that machines of the location are logged in to with, undefined for the only one; none where it has keys of its own. */
  credentials(location: LocationSpec): readonly (string | undefined)[];
  /** The name of the machine to take next, none of `taken`; null where there is no other. Makes nothing yet. Errors: lab.failed. */
  offer(location: LocationSpec, taken: ReadonlySet<string>, options?: ProvisionOptions): Promise<string | null>;
  /** The machine of that name, made where it is not there yet. Idempotent. Errors: not-found, input.invalid, lab.failed, deadline, cancelled. */
  obtain(request: MachineRequest, options?: ProvisionOptions): Promise<ObtainedMachine>;
  /** Gives the machine back; one that is gone already is well. Touches only what the provisioner itself made. Errors: lab.failed, conflict. */
  release(machine: string, options?: ProvisionOptions): Promise<void>;
}

/** What provisioners are made of, each of a folder of its own: `plugin` of `plugins/hosts/<kind>/plugin.ts`. */
export interface ProvisionerPlugin<Ports> {
  readonly id: string;
  readonly title: string;
  create(ports: Ports): HostProvisioner;
}
