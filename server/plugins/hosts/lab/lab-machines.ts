import type { HostKey } from '../../../domain/entity/host.ts';

/** What a lab is to have. */
export interface LabRequest {
  /** How many machines there should be in all, 0 to 64. Those that exist already count. */
  readonly count: number;
  /** How many machines without a Docker Engine there should be, in addition to `count`. Default 0. */
  readonly bare?: number;
  /** Memory limit of each machine in bytes. */
  readonly memoryBytes?: number;
  /** CPU limit of each machine, for example 1.5. */
  readonly cpus?: number;
}

/** A machine that answers on SSH, with all that a host needs to be added to a cloud. */
export interface ProvisionedMachine {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** OpenSSH private key that `user` accepts. */
  readonly privateKeyPem: string;
  /** The key that the machine shows: known from its making, never learnt from the network. */
  readonly hostKey: HostKey;
  readonly memoryBytes: number;
  readonly cpus: number;
  /** True where the machine was made without a Docker Engine. */
  readonly bare: boolean;
  readonly state: 'running' | 'stopped' | 'paused';
  readonly labels: Readonly<Record<string, string>>;
}
