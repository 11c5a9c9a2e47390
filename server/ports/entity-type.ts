import type { z } from 'zod';
import type { KeyNotes } from '../domain/blueprint/type-registry.ts';
import type { ContainerSpec, FileSpec, ReadinessProbe } from '../domain/entity/container-spec.ts';
import type { Entity, Sensors } from '../domain/entity/entity.ts';
import type { Host } from '../domain/entity/host.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { EffectorDefinition, SensorDefinition } from '../domain/entity-types/type-members.ts';
import type { Json } from '../domain/shared/json.ts';

/**
 * A plug-in of `plugins/entities`: one entity type. Everything here is pure. Groups (`kind: 'group'`) have children or
 * members and no container; `kind: 'container'` types say what container they are; `kind: 'software'` is a process that is
 * installed and run in a container or on a machine.
 */
export interface EntityTypePlugin<Config = unknown> {
  /** Canonical type id in blueprints and records. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Lucide icon name. */
  readonly icon: string;
  /** Other names by which blueprints call it (Brooklyn's and Clocker's, of all their versions). */
  readonly aliases: readonly string[];
  readonly kind: 'group' | 'cluster' | 'container' | 'software';
  /** Understood and checked; nothing makes it yet. Said with a warning, and refused when deploying. */
  readonly planned?: boolean;
  /** Makes something in each location that it is given; types without it take one. */
  readonly manyLocations?: boolean;
  /** Config keys that nothing acts on yet, and why that matters. Said with a warning, and refused when deploying. */
  readonly plannedKeys?: KeyNotes;
  /** Config keys of Brooklyn's or Clocker's that are never obeyed, and why. Said with a warning. */
  readonly notHonoured?: KeyNotes;
  /** For a cluster whose members are of one type unless the blueprint says what a member is: that type. */
  readonly memberType?: string;
  /** May be the root of what is deployed: a single service of the type needs no application around it. */
  readonly application?: boolean;
  /** Validates resolved config; its JSON schema makes forms and completion. Keys are the blueprint's. */
  readonly config: z.ZodType<Config>;
  /** Flags: short names for config keys (`env` → `docker.container.environment`). */
  readonly flags: Readonly<Record<string, string>>;
  /** Config keys whose values are secrets: the API shows `***`. */
  readonly secretKeys?: readonly string[];
  readonly sensors: readonly SensorDefinition[];
  readonly effectors: readonly EffectorDefinition[];
  readonly container?: ContainerBehaviour<Config>;
}

export interface ContainerBehaviour<Config> {
  toSpec(config: Config): ContainerSpec;
  readiness(config: Config): ReadinessProbe;
  /** Milliseconds a start may take before it counts as failed. Default 120 000. */
  startTimeoutMs(config: Config): number;
  /** Sensors that follow from where and how it runs (`datastore.url`, `main.uri`). */
  sensors(input: { readonly config: Config; readonly instance: Instance; readonly host: Host }): Sensors;
  /** Files rewritten and reloaded while it runs (a load balancer's servers). Absent for most types. */
  readonly live?: LiveBehaviour<Config>;
}

export interface LiveBehaviour<Config> {
  /** Ids of entities whose members or selves this one follows. */
  targets(config: Config, find: (planId: string) => Entity | undefined): readonly string[];
  /** Container port of the servers; null, or absent, takes the first that each has. */
  targetPort?(config: Config): number | null;
  files(config: Config, servers: readonly LiveServer[]): readonly FileSpec[];
  /** Checks the new files before they take effect: exit code 0 is good. */
  readonly check: readonly string[] | null;
  /**
   * Signal to PID 1 that takes them up without dropping connections: it starts a new child process for new connections, and each old one
   * ends with the last of its own.
   */
  readonly reloadSignal: string;
  /** Sensors telling what is served now. */
  sensors(servers: readonly LiveServer[]): Readonly<Record<string, Json>>;
}

export interface LiveServer {
  readonly entityId: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
}
