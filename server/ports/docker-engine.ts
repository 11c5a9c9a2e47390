import type { ContainerDescription } from '../domain/adoption/container-description.ts';
import type { ContextFile } from '../domain/build/build-context.ts';
import type { ContainerSpec, FileSpec, NetworkAttachment, NetworkDefinition, VolumeDefinition } from '../domain/entity/container-spec.ts';
import type { PortBinding } from '../domain/entity/instance.ts';
import type { TaskProgress } from '../domain/entity/task.ts';
import type { Secret } from '../domain/shared/secret.ts';
import type { DockerSwarm } from './docker-swarm.ts';
import type { OpenContainerTerminal, Terminal } from './terminal.ts';

/** Every call takes a signal and has a deadline of its own besides. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/**
 * One host's Docker Engine, in our words. Errors are ClockerErrors: host.lost, host.engine-unreachable, host.unresponsive
 * (deadline), host.disk-full, image.*, conflict.foreign (a name taken by a container that is not ours), port.taken,
 * container.start-failed, not-found, engine.refused (Docker's own words in the message).
 */
export interface DockerEngine {
  /** When the engine last sent anything, whatever it was, milliseconds since the epoch; 0 before. */
  readonly heardAt: number;
  ping(options?: CallOptions): Promise<void>;
  facts(options?: CallOptions): Promise<EngineFacts>;

  /** All containers, ours and foreign, running or not. */
  listContainers(options?: CallOptions): Promise<readonly ContainerSummary[]>;
  /** Null when there is none. */
  inspectContainer(nameOrId: string, options?: CallOptions): Promise<ContainerView | null>;
  /** All that shapes a container and what its image says of it, for one that others made; null when there is none. */
  describeContainer(nameOrId: string, options?: CallOptions): Promise<ContainerDescription | null>;
  /** Creates, joins it to its networks and writes `spec.files` into it. What is half made is removed before the error is thrown. */
  createContainer(request: CreateContainer, options?: CallOptions): Promise<{ readonly containerId: string }>;
  /** No error when it runs already. */
  startContainer(id: string, options?: CallOptions): Promise<void>;
  /** No error when it is stopped or gone. */
  stopContainer(id: string, options: CallOptions & { readonly timeoutS: number }): Promise<void>;
  killContainer(id: string, options: CallOptions & { readonly signalName: string }): Promise<void>;
  /** No error when it is gone. Anonymous volumes go with it, named ones stay. */
  removeContainer(id: string, options?: CallOptions): Promise<void>;
  /** Changes limits of a running container in place. */
  updateLimits(
    id: string,
    limits: { readonly memoryBytes: number | null; readonly cpus: number | null; readonly memorySwapBytes?: number | undefined },
    options?: CallOptions,
  ): Promise<void>;
  writeFiles(id: string, files: readonly FileSpec[], options?: CallOptions): Promise<void>;
  /** Runs a command in a container; killed on the host at `timeoutMs`. Output is capped at 1 MiB a stream. */
  exec(id: string, options: ExecOptions): Promise<ExecResult>;
  /** Starts a command with a terminal in a running container. A program, user or folder that is not there ends it with 126 or 127 and says why. */
  openTerminal(id: string, options: OpenContainerTerminal): Promise<Terminal>;
  logs(id: string, options: LogOptions): AsyncIterable<LogLine>;
  /** Follows the event stream from `sinceNs` (inclusive, de-duplicated). Ends with an error when the stream breaks. */
  events(options: CallOptions & { readonly sinceNs: string | null }): AsyncIterable<EngineEvent>;

  /** With `platform` (`os/architecture[/variant]`) only an image of that one counts. */
  imageExists(reference: string, options?: CallOptions & { readonly platform?: string | undefined }): Promise<boolean>;
  /** Null when there is none. */
  inspectImage(reference: string, options?: CallOptions): Promise<ImageView | null>;
  /**
   * Makes an image of what a container, running or not, has in its own file system: volumes are not in it. Its config is the container's but
   * for what `blank` names. An image that has the name loses it. Errors: not-found, host.disk-full, host.lost, cancelled, engine.refused where the
   * engine would keep what is to be blank.
   */
  commitContainer(request: CommitContainer, options?: CallOptions): Promise<void>;
  listImages(options?: CallOptions): Promise<readonly EngineImage[]>;
  /**
   * Takes a name from an image, and removes it with its last name, or by its id one that has no name; what is below it and has no name, and no other image
   * upon it, goes too. No error when it is gone. Never forced: Errors: conflict while a container, running or not, is of it.
   */
  removeImage(reference: string, options?: CallOptions): Promise<void>;
  /** Resolves when built. What fails leaves no image. Errors: image.build-failed with the step, host.disk-full, host.lost, cancelled. */
  buildImage(request: BuildImage, options?: CallOptions & { readonly onOutput?: (text: string) => void }): Promise<void>;
  /** Gives an image another name. Errors: not-found. */
  tagImage(source: string, target: string, options?: CallOptions): Promise<void>;
  /** Sends an image to the registry that its name begins with. Errors: image.push-failed, not-found. */
  pushImage(reference: string, options?: CallOptions & { readonly login?: RegistryLogin | undefined }): Promise<void>;
  /** Resolves when pulled. image.pull-stalled when no byte moved for `stallMs` (default 30 000). */
  pullImage(
    reference: string,
    options: CallOptions & {
      readonly platform?: string | undefined;
      readonly stallMs?: number;
      readonly login?: RegistryLogin | undefined;
      readonly onProgress?: (progress: TaskProgress) => void;
    },
  ): Promise<void>;
  /** The engine logs in to the registry and forgets it. Errors: registry.login-failed. */
  checkLogin(login: RegistryLogin, options?: CallOptions): Promise<void>;

  /** Makes a bridge network. Errors: conflict where its name is taken, engine.refused where no addresses are left. */
  createNetwork(request: CreateNetwork, options?: CallOptions): Promise<{ readonly networkId: string }>;
  /** Null when there is none. */
  inspectNetwork(nameOrId: string, options?: CallOptions): Promise<NetworkView | null>;
  /** Puts a container, running or not, on a network. Errors: engine.refused (its address is in use there, or it is on it already), not-found. */
  connectNetwork(network: string, request: ConnectNetwork, options?: CallOptions): Promise<void>;
  /** No error when it is not on it, or one of the two is gone. */
  disconnectNetwork(network: string, container: string, options?: CallOptions): Promise<void>;
  /** Those of Docker itself and of others too. */
  listNetworks(options?: CallOptions): Promise<readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[]>;
  /** No error when it is gone. Errors: conflict while containers run on it. */
  removeNetwork(nameOrId: string, options?: CallOptions): Promise<void>;

  ensureVolume(request: CreateVolume, options?: CallOptions): Promise<void>;
  listVolumes(options?: CallOptions): Promise<readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[]>;
  /** No error when it is gone. */
  removeVolume(name: string, options?: CallOptions): Promise<void>;

  readonly swarm: DockerSwarm;
}

export interface EngineImage {
  readonly id: string;
  /** With tags and digests. None: a build left it, or its names went to others. What is only a layer of another is not listed. */
  readonly names: readonly string[];
  /** With the layers that it shares with others. */
  readonly sizeBytes: number;
  readonly labels: Readonly<Record<string, string>>;
  /** When it was made, milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface ImageView {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  /** With the layers that it shares with others. */
  readonly sizeBytes: number;
}

export interface CommitContainer {
  readonly container: string;
  /** `name:tag` that it gets. */
  readonly name: string;
  /** Besides those of the container, in whose place they are. */
  readonly labels: Readonly<Record<string, string>>;
  readonly comment: string;
  /** The container stands still meanwhile. */
  readonly pause: boolean;
  readonly blank: BlankParts;
}

/** What of a container's config is not to be in its image. */
export interface BlankParts {
  /** Variables that are set to nothing. */
  readonly variables: readonly string[];
  readonly labels: readonly string[];
  readonly command: boolean;
  readonly entrypoint: boolean;
  readonly healthcheck: boolean;
}

/** For one call: the engine keeps none. */
export interface RegistryLogin {
  readonly username: string;
  readonly password: Secret;
  /** The server that it is for: `registry.example.org:5000`; Docker Hub is `https://index.docker.io/v1/`. */
  readonly server: string;
}

export interface BuildImage {
  /** `name:tag` that it gets. */
  readonly name: string;
  readonly dockerfile: string;
  /** Files beside it. Those that a `.dockerignore` among them leaves out are none of the image's, as Docker has it. */
  readonly files?: readonly ContextFile[] | undefined;
  /** Where the Dockerfile stands among these; it is sent in the place of that one. */
  readonly path?: string | undefined;
  readonly args?: Readonly<Record<string, string>> | undefined;
  /** The stage that is the image, instead of the last. */
  readonly target?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly platform?: string | undefined;
}

export interface EngineFacts {
  readonly version: string;
  readonly os: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly storageDriver: string;
  readonly cgroupVersion: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly liveRestore: boolean;
  readonly containersRunning: number;
}

export interface ContainerSummary {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ContainerView {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly pid: number | null;
  readonly exitCode: number | null;
  readonly oomKilled: boolean;
  /** What Docker said when it could not start it. */
  readonly error: string;
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  readonly startedAtMs: number | null;
  readonly ports: readonly PortBinding[];
  readonly bridgeAddress: string | null;
  /** Networks that it is on, by their names on the host. */
  readonly networks: readonly { readonly name: string; readonly address: string | null; readonly mac: string | null }[];
}

export interface CreateContainer {
  readonly name: string;
  readonly spec: ContainerSpec;
  /** What its archives hold, written into it besides `spec.files`. */
  readonly content?: readonly BytesFile[];
  /** Leased host ports, one for each of `spec.ports`. */
  readonly ports: readonly PortBinding[];
  /** Ownership labels, added to those of the spec. */
  readonly labels: Readonly<Record<string, string>>;
  /** Logical volume name → name on the host. */
  readonly volumeNames: Readonly<Record<string, string>>;
  /** Logical network name → name on the host. */
  readonly networkNames: Readonly<Record<string, string>>;
}

export interface BytesFile {
  /** Absolute, in the container. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

export interface CreateNetwork {
  readonly name: string;
  readonly definition: NetworkDefinition;
  /** Ownership labels, added to those of the definition. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface ConnectNetwork {
  readonly container: string;
  /** Engines before 25 choose the hardware address themselves. */
  readonly attachment: NetworkAttachment;
}

export interface NetworkView {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Its first range of IPv4 addresses with the host's own in it; null where it has none. */
  readonly range: { readonly subnet: string; readonly gateway: string } | null;
}

export interface CreateVolume {
  readonly name: string;
  readonly definition?: VolumeDefinition | undefined;
  /** Ownership labels, added to those of the definition. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface ExecOptions extends CallOptions {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** What it writes, as it comes; text that is cut between two pieces is whole in one of them. */
  readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
}

export interface ExecResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LogOptions extends CallOptions {
  readonly follow: boolean;
  /** Last so many lines. */
  readonly tail: number;
  /** Milliseconds since the epoch. */
  readonly sinceMs?: number;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  /** RFC 3339 with nanoseconds, as Docker gives it. */
  readonly at: string;
  readonly text: string;
}

export interface EngineEvent {
  readonly type: string;
  /** `start`, `die`, `oom`, `destroy`, `health_status: healthy` … */
  readonly action: string;
  readonly actorId: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Nanoseconds since the epoch as decimal text (beyond 2^53). */
  readonly timeNs: string;
}
