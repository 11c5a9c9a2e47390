import { BARE_CONTAINER, type ContainerSpec, type FileSpec } from '../../domain/entity/container-spec.ts';
import type { PortBinding } from '../../domain/entity/instance.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type {
  CommitContainer,
  ContainerView,
  CreateContainer,
  CreateNetwork,
  EngineEvent,
  ExecOptions,
  ExecResult,
} from '../../ports/docker-engine.ts';

/** What a container of an image does. Default: it runs for ever and listens on all its ports. */
export interface ImageBehaviour {
  /** Exit code with which it ends, `exitAfterMs` (default 0) after its start. */
  readonly exitCode?: number;
  readonly exitAfterMs?: number;
  /** Docker cannot start it. */
  readonly startError?: string;
  /** Never listens on anything. */
  readonly deaf?: boolean;
  /** Not in any registry. */
  readonly unknown?: boolean;
}

/** Decides what goes wrong. Each is asked each time. */
export interface MachineFaults {
  /** `lost-before`: the call fails and did nothing; `lost-after`: it was done, but its answer is lost. */
  onCall(call: string): 'none' | 'lost-before' | 'lost-after';
  /** How many times an event is delivered: 1 is right, 0 loses it. */
  copiesOfEvent(): number;
}

export interface SimulatedContainer {
  readonly id: string;
  readonly name: string;
  request: CreateContainer;
  readonly pid: number;
  status: ContainerView['status'];
  exitCode: number | null;
  oomKilled: boolean;
  startedAtMs: number | null;
  starts: number;
  files: readonly FileSpec[];
  limits: Pick<ContainerSpec, 'memoryBytes' | 'cpus'>;
}

export interface SimulatedResolver {
  readonly gateway: string;
  readonly outside: string;
  /** The file of its names. */
  readonly text: string;
}

export interface SimulatedMachineOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly faults?: MachineFaults;
  readonly behaviourOf?: (image: string) => ImageBehaviour;
  /** Milliseconds that each call takes. Default 0. */
  readonly latencyMs?: number;
}

type EventListener = (event: EngineEvent | 'broken') => void;

const KEPT_EVENTS = 2_000;

/** One machine with a Docker Engine, in memory: containers, images, volumes, events, and what can befall it. */
export class SimulatedMachine {
  readonly name: string;
  readonly clock: Clock;
  readonly containers = new Map<string, SimulatedContainer>();
  readonly volumes = new Map<string, Readonly<Record<string, string>>>();
  /** Resolvers of networks, by key. */
  readonly resolvers = new Map<string, SimulatedResolver>();
  /** Addresses that do not answer it on networks. */
  readonly cutFrom = new Set<string>();
  /** By name. */
  readonly networks = new Map<string, CreateNetwork>();
  readonly images = new Set<string>();
  /** Images of containers, by name. */
  readonly commits = new Map<string, CommitContainer>();
  /** Calls by name, answered or not. */
  readonly calls = new Map<string, number>();
  readonly events: EngineEvent[] = [];
  /** Commands that are not installed. */
  lacks: readonly string[] = [];
  /** What a command in a container does. Default: nothing, well. */
  commands: (container: SimulatedContainer, options: ExecOptions) => Partial<ExecResult> = () => ({});
  /** Lines of `ip route`. */
  routes: readonly string[] = [];
  reachable = true;
  faults: MachineFaults | undefined;
  behaviourOf: (image: string) => ImageBehaviour;
  /** How far its own clock is ahead, milliseconds. */
  clockAheadMs = 0;
  readonly #latencyMs: number;
  readonly #eventListeners = new Set<EventListener>();
  readonly #reachListeners = new Set<() => void>();
  #count = 0;

  constructor({ name, clock, faults, behaviourOf = () => ({}), latencyMs = 0 }: SimulatedMachineOptions) {
    this.name = name;
    this.clock = clock;
    this.faults = faults;
    this.behaviourOf = behaviourOf;
    this.#latencyMs = latencyMs;
  }

  /** Cuts or restores the network. Containers run on. */
  setReachable(reachable: boolean): void {
    if (this.reachable === reachable) return;
    this.reachable = reachable;
    if (!reachable) this.breakStreams();
    for (const listener of [...this.#reachListeners]) listener();
  }

  onReachable(listener: () => void): () => void {
    this.#reachListeners.add(listener);
    return () => void this.#reachListeners.delete(listener);
  }

  /** Ends all event streams, as a restart of the engine would. */
  breakStreams(): void {
    for (const listener of [...this.#eventListeners]) listener('broken');
  }

  follow(listener: EventListener): () => void {
    this.#eventListeners.add(listener);
    return () => void this.#eventListeners.delete(listener);
  }

  find(nameOrId: string): SimulatedContainer | undefined {
    const direct = this.containers.get(nameOrId);
    if (direct) return direct;
    for (const container of this.containers.values()) if (container.name === nameOrId) return container;
    return undefined;
  }

  running(): readonly SimulatedContainer[] {
    return [...this.containers.values()].filter((container) => container.status === 'running');
  }

  /** Makes a container that is not ours, running. */
  addForeign(name: string, labels: Readonly<Record<string, string>> = {}): SimulatedContainer {
    const container = this.add({ name, spec: foreignSpec(labels), ports: [], labels, volumeNames: {}, networkNames: {} });
    this.start(container);
    return container;
  }

  add(request: CreateContainer): SimulatedContainer {
    this.#count += 1;
    const id = `${this.name}-${String(this.#count).padStart(6, '0')}`;
    const container: SimulatedContainer = {
      id,
      name: request.name,
      request,
      pid: 1_000 + this.#count,
      status: 'created',
      exitCode: null,
      oomKilled: false,
      startedAtMs: null,
      starts: 0,
      files: request.spec.files,
      limits: request.spec,
    };
    this.containers.set(id, container);
    this.emit('create', container);
    return container;
  }

  start(container: SimulatedContainer): void {
    if (container.status === 'running') return;
    this.#requirePorts(container);
    const missing = Object.values(container.request.networkNames).find((name) => !this.networks.has(name));
    if (missing) {
      throw new ClockerError('container.start-failed', { message: `Cannot start ${container.name}: network ${missing} not found` });
    }
    const { startError, exitCode, exitAfterMs = 0 } = this.behaviourOf(container.request.spec.image);
    if (startError !== undefined) {
      throw new ClockerError('container.start-failed', { message: `Cannot start ${container.name} on ${this.name}: ${startError}` });
    }
    container.status = 'running';
    container.exitCode = null;
    const startedAtMs = this.clock.now() + this.clockAheadMs;
    container.startedAtMs = startedAtMs + (container.startedAtMs === startedAtMs ? 1 : 0);
    container.starts += 1;
    this.emit('start', container);
    if (exitCode === undefined) return;
    const startedAt = container.startedAtMs;
    this.clock.after(exitAfterMs, () => {
      if (container.status === 'running' && container.startedAtMs === startedAt) this.end(container, exitCode);
    });
  }

  run(container: SimulatedContainer, options: ExecOptions): ExecResult {
    if (container.status !== 'running') throw new ClockerError('container.not-ready', { message: `${container.name} does not run` });
    const result = { code: 0, stdout: '', stderr: '', ...this.commands(container, options) };
    if (result.stdout !== '') options.onOutput?.('stdout', result.stdout);
    if (result.stderr !== '') options.onOutput?.('stderr', result.stderr);
    return result;
  }

  /** Its process ends. */
  end(container: SimulatedContainer, exitCode: number): void {
    if (container.status !== 'running') return;
    container.status = 'exited';
    container.exitCode = exitCode;
    this.emit('die', container);
  }

  remove(container: SimulatedContainer): void {
    this.end(container, 137);
    this.containers.delete(container.id);
    this.emit('destroy', container);
  }

  emit(action: string, container: SimulatedContainer): void {
    const event: EngineEvent = {
      type: 'container',
      action,
      actorId: container.id,
      attributes: { ...container.request.labels, name: container.name },
      timeNs: String(BigInt(this.clock.now()) * 1_000_000n + BigInt(this.events.length)),
    };
    this.events.push(event);
    if (this.events.length > KEPT_EVENTS) this.events.shift();
    const copies = this.faults?.copiesOfEvent() ?? 1;
    for (let copy = 0; copy < copies; copy += 1) for (const listener of [...this.#eventListeners]) listener(event);
  }

  /** When it last answered a call, milliseconds since the epoch. */
  heardAt = 0;

  /** One call to the engine: takes its time, and may go wrong on the way there or back. */
  async call<T>(name: string, work: () => T): Promise<T> {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    await this.#pass();
    const fault = this.faults?.onCall(name) ?? 'none';
    if (!this.reachable || fault === 'lost-before') throw this.lost();
    const result = work();
    if (fault === 'lost-after') throw this.lost();
    this.heardAt = this.clock.now();
    return result;
  }

  lost(): ClockerError {
    return new ClockerError('host.lost', { message: `The connection to ${this.name} is gone`, retryable: true });
  }

  async #pass(): Promise<void> {
    if (this.#latencyMs === 0) await new Promise((resolve) => setImmediate(resolve));
    else await new Promise<void>((resolve) => void this.clock.after(this.#latencyMs, resolve));
  }

  #requirePorts(container: SimulatedContainer): void {
    const wanted = new Set(container.request.ports.map(portKey));
    const taken = this.running().some((other) => other !== container && other.request.ports.some((port) => wanted.has(portKey(port))));
    if (taken) throw new ClockerError('port.taken', { message: `A port of ${container.name} is in use on ${this.name}` });
  }
}

function portKey({ host, protocol }: PortBinding): string {
  return `${protocol}:${host}`;
}

function foreignSpec(labels: Readonly<Record<string, string>>): ContainerSpec {
  return { ...BARE_CONTAINER, image: 'foreign', labels };
}
