/** Everything that shapes one container. Resolved: no deferred values. Its canonical JSON is hashed to detect change. */
export interface ContainerSpec {
  readonly image: string;
  /** Null keeps the image's. */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly PortSpec[];
  readonly volumes: readonly VolumeSpec[];
  /** Written into the container before it starts. */
  readonly files: readonly FileSpec[];
  /** Hard limit in bytes; null is none. */
  readonly memoryBytes: number | null;
  /** CPUs, 0.5 is half of one; null is none. */
  readonly cpus: number | null;
  readonly hostname: string | null;
  readonly user: string | null;
  readonly readOnly: boolean;
  /** Seconds between SIGTERM and SIGKILL. Range 0-3600. */
  readonly stopTimeoutS: number;
  readonly healthcheck: HealthcheckSpec | null;
}

/** A container that asks for nothing but its image. */
export const BARE_CONTAINER: Omit<ContainerSpec, 'image'> = {
  entrypoint: null,
  command: null,
  env: {},
  labels: {},
  ports: [],
  volumes: [],
  files: [],
  memoryBytes: null,
  cpus: null,
  hostname: null,
  user: null,
  readOnly: false,
  stopTimeoutS: 10,
  healthcheck: null,
};

export interface PortSpec {
  /** 1-65535 */
  readonly container: number;
  readonly protocol: 'tcp' | 'udp';
  /** Wanted host ports, first available wins; null takes one from the host's pool. */
  readonly host: { readonly from: number; readonly to: number } | null;
}

export interface VolumeSpec {
  /** Named volume: local to the entity and kept over restarts and updates. */
  readonly name: string;
  readonly path: string;
  readonly readOnly: boolean;
}

export interface FileSpec {
  /** Absolute path in the container. */
  readonly path: string;
  readonly content: string;
  /** Octal permissions, 0o644 by default. */
  readonly mode: number;
}

export interface HealthcheckSpec {
  readonly test: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
}

/** How the engine learns that a started container serves. */
export type ReadinessProbe =
  | { readonly kind: 'running' }
  | { readonly kind: 'healthcheck' }
  | { readonly kind: 'tcp'; readonly containerPort: number }
  | { readonly kind: 'http'; readonly containerPort: number; readonly path: string }
  | { readonly kind: 'exec'; readonly argv: readonly string[] };
