import type { z } from 'zod';
import type { Traffic } from '../domain/balancer/traffic.ts';
import type { BlueprintType } from '../domain/blueprint/type-registry.ts';
import type { FoundBuckets, FoundMembers, GroupLook } from '../domain/cluster/group-members.ts';
import type { ContainerSpec, FileSpec, ReadinessProbe } from '../domain/entity/container-spec.ts';
import type { Entity, Sensors } from '../domain/entity/entity.ts';
import type { Host } from '../domain/entity/host.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { Links } from '../domain/entity/links.ts';
import type { EffectorDefinition, SensorDefinition } from '../domain/entity-types/type-members.ts';
import type { Json } from '../domain/shared/json.ts';
import type { ArchivePlace } from '../domain/software/archives.ts';
import type { SoftwareCommands, SoftwarePlace } from '../domain/software/process-spec.ts';

/**
 * A plug-in of `plugins/entities`: one entity type. Everything here is pure. Groups (`kind: 'group'`) have children or
 * members and no container; `kind: 'container'` types say what container they are, and those that have `software` too are run by its commands
 * where their location is a machine without Docker; `kind: 'software'` is a process that is installed and run in a container or on a machine.
 */
export interface EntityTypePlugin<Config = unknown> extends BlueprintType {
  readonly description: string;
  /** Lucide icon name. */
  readonly icon: string;
  /** Validates resolved config; its JSON schema makes forms and completion. Keys are the blueprint's. */
  readonly config: z.ZodType<Config>;
  readonly sensors: readonly SensorDefinition[];
  readonly effectors: readonly EffectorDefinition[];
  readonly container?: ContainerBehaviour<Config>;
  readonly software?: SoftwareBehaviour<Config>;
  /** Files rewritten and reloaded while it runs, in its container or on its machine (a load balancer's servers). Absent for most types. */
  readonly live?: LiveBehaviour<Config>;
  readonly group?: GroupBehaviour;
}

/** A type of kind `group` whose members are others than its children. */
export interface GroupBehaviour {
  /** Config keys that it decides by. */
  readonly keys: readonly string[];
  /** Its members from now on; `config`: what is resolved of those keys. Asked again whenever an entity of its application changes. */
  members(config: Readonly<Record<string, Json | undefined>>, look: GroupLook): FoundMembers;
  /** Sorts its members into groups, which are made as its children and go once they are empty. Absent for most types. */
  readonly buckets?: {
    /** Config key that says what such a group is; a basic group unless given. */
    readonly specKey: string;
    /** Sensor with the ids of these groups by bucket. */
    readonly sensor: string;
    sort(config: Readonly<Record<string, Json | undefined>>, members: readonly Entity[]): FoundBuckets;
  };
}

/**
 * What commands run where: in both places for a type of kind `software`, on machines only for one of kind `container`. Files, environment, folders, pre- and post-commands, downloads, latches and ports of
 * keys come from the config that all software has, and need no word here. Without it a type of kind `software` must be `planned`.
 */
export interface SoftwareBehaviour<Config> {
  /** Scripts of its phases, made of its config. */
  commands(config: Config, place: SoftwarePlace): SoftwareCommands;
  /** Image that it is installed on where it runs in a container and the blueprint names none; absent takes the usual one. */
  readonly baseImage?: string;
  /** Archives that it is given before it is customised: fetched when it is deployed, by the artifact rules, and kept. */
  readonly archives?: {
    /** Config that names them. */
    readonly keys: readonly string[];
    places(config: Config): readonly ArchivePlace[];
  };
  /** Its data is in the data folder of its place: a volume in a container, and on a machine a folder that is made, kept and removed like one. */
  readonly keepsData?: boolean;
  /** Config without which it is not run on a machine, and why. */
  readonly needs?: { readonly key: string; readonly why: string };
  /** TCP ports that it listens on, besides those of its keys that end in `.port`. */
  ports?(config: Config): readonly number[];
  /** Asked once it runs, before it counts as up; absent is `running`. Ports are those that it listens on itself. */
  readiness?(config: Config): ReadinessProbe;
  /** Alias: another that it is linked to, whose address and ports it gets as variables. It is launched once that serves. */
  links?(config: Config): Links;
  /** Sensors that follow from where and how it runs (`datastore.url`, `main.uri`), besides those that all software has. */
  sensors?(input: { readonly config: Config; readonly instance: Instance; readonly host: Host }): Sensors;
}

export interface ContainerBehaviour<Config> {
  toSpec(config: Config): ContainerSpec;
  readiness(config: Config): ReadinessProbe;
  /** Milliseconds a start may take before it counts as failed. Default 120 000. */
  startTimeoutMs(config: Config): number;
  /** Sensors that follow from where and how it runs (`datastore.url`, `main.uri`). */
  sensors(input: { readonly config: Config; readonly instance: Instance; readonly host: Host }): Sensors;
  /** Alias: a container that it is linked to, whose address and ports it gets as variables and as a name. It starts once that serves. */
  links?(config: Config): Links;
}

export interface LiveBehaviour<Config> {
  /** Ids of entities whose members or selves this one follows. */
  targets(config: Config, find: (planId: string) => Entity | undefined): readonly string[];
  /** Container port of the servers; null, or absent, takes the first that each has. */
  targetPort?(config: Config): number | null;
  /** @param place null in a container of its own image */
  files(config: Config, servers: readonly LiveServer[], place: SoftwarePlace | null): readonly FileSpec[];
  /** Checks the new files before they take effect: exit code 0 is good. Found where Debian has servers. */
  check(place: SoftwarePlace | null): readonly string[] | null;
  /**
   * Signal to PID 1, or to the process of the PID file, that takes them up without dropping connections: it starts a new child process for new
   * connections, and each old one ends with the last of its own.
   */
  readonly reloadSignal: string;
  /** Sensors telling what is served now. */
  sensors(servers: readonly LiveServer[]): Readonly<Record<string, Json>>;
  /** How it is asked for the requests that it has counted; null, or absent, where it counts none. */
  traffic?(config: Config): TrafficQuestion | null;
}

/** Asked by HTTP, through the host that it runs on, about once a second. */
export interface TrafficQuestion {
  /** TCP port in its container, which need not be published, or on its machine, where it is asked by 127.0.0.1. */
  readonly port: number;
  readonly path: string;
  /** What an answer says; null where it is none. */
  read(answer: { readonly headers: Readonly<Record<string, string>>; readonly body: string }): Traffic | null;
}

export interface LiveServer {
  readonly entityId: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
}
