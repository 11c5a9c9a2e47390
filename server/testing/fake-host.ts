import { simulatedSwarm } from '../adapters/simulated/simulated-swarm.ts';
import { ClockerError, type ErrorView, toErrorView } from '../domain/shared/clocker-error.ts';
import type { ContainerView, DockerEngine, EngineEvent } from '../ports/docker-engine.ts';
import type { ConnectionState, HostConnector, HostSession, HostTarget } from '../ports/host-session.ts';

export interface FakeContainer extends ContainerView {
  readonly image: string;
}

/** A machine as the host side sees it through the ports. Only for tests of what is decided, never of what real hosts do. */
export interface FakeMachine {
  readonly containers: Map<string, FakeContainer>;
  /** Where the engine's calls end: they answer, hang for ever, or are refused with this error. */
  engine: 'answers' | 'hangs' | ClockerError;
  /** What a dial ends with; null is success. */
  dial: ClockerError | null;
  shell: (script: string, env: Readonly<Record<string, string>>) => string;
  readonly sessions: FakeSession[];
  readonly removed: string[];
  listings: number;
  /** When the engine last answered. */
  heardAt: number;
  /** Tells the followers of the event stream. */
  emit(container: FakeContainer, action: string): void;
  /** Breaks the event stream; the connection stays. */
  breakStream(): void;
  /** The event stream stays and tells nothing any more; one that is opened later does. */
  muteStream(): void;
}

interface FakeSession extends HostSession {
  readonly target: HostTarget;
  /** The connection dies, or is there again. */
  become(state: ConnectionState, error?: ClockerError): void;
}

export function aContainer(fields: Partial<FakeContainer> & { readonly id: string; readonly name: string }): FakeContainer {
  return {
    image: 'busybox',
    labels: {},
    status: 'running',
    pid: 4_711,
    exitCode: null,
    oomKilled: false,
    error: '',
    health: 'none',
    startedAtMs: 1_000,
    ports: [],
    bridgeAddress: '172.17.0.2',
    networks: [],
    ...fields,
  };
}

export function createFakeMachine(): FakeMachine {
  const streams = new Set<{ push(event: EngineEvent): void; fail(error: unknown): void }>();
  let events = 0;
  return {
    containers: new Map(),
    engine: 'answers',
    dial: null,
    shell: () => '',
    sessions: [],
    removed: [],
    listings: 0,
    heardAt: 0,
    emit(container, action) {
      events += 1;
      const timeNs = `${1_800_000_000_000_000_000n + BigInt(events)}`;
      const attributes = { ...container.labels, name: container.name };
      for (const stream of streams) stream.push({ type: 'container', action, actorId: container.id, attributes, timeNs });
    },
    breakStream() {
      for (const stream of streams) stream.fail(new ClockerError('host.engine-unreachable', { message: 'the stream broke' }));
    },
    muteStream: () => streams.clear(),
    ...{ streams },
  } as FakeMachine;
}

/** Each machine by its address. */
export function createFakeConnector(machines: Readonly<Record<string, FakeMachine>>): HostConnector {
  return {
    session(target) {
      const machine = machines[target.address];
      if (!machine) throw new Error(`no machine at ${target.address}`);
      const session = createFakeSession(machine, target);
      machine.sessions.push(session);
      return session;
    },
    scanHostKey: () => Promise.reject(new Error('not asked for here')),
  };
}

function createFakeSession(machine: FakeMachine, target: HostTarget): FakeSession {
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'idle';
  let lastError: ErrorView | null = null;
  let dials = 0;
  const become = (next: ConnectionState, error?: ClockerError): void => {
    state = next;
    lastError = error ? toErrorView(error) : next === 'up' ? null : lastError;
    if (next !== 'up') for (const stream of (machine as unknown as WithStreams).streams) stream.fail(error);
    for (const listener of listeners) listener(next);
  };
  return {
    target,
    engine: createFakeEngine(machine, () => state),
    shell: {
      run: async (script, { env = {} }) => {
        if (state !== 'up') throw new ClockerError('host.lost', { message: 'no connection', retryable: true });
        return { output: machine.shell(script, env), code: 0 };
      },
    },
    dial: () => {
      throw new Error('not used by the host side');
    },
    openPort: () => Promise.reject(new Error('not used by the host side')),
    openTerminal: () => Promise.reject(new Error('not used by the host side')),
    script: async (text) => {
      if (state !== 'up') throw new ClockerError('host.lost', { message: 'no connection', retryable: true });
      return { stdout: machine.shell(text, {}), stderr: '', code: 0 };
    },
    knock: async () => machine.dial === null,
    become,
    get state() {
      return state;
    },
    get lastError() {
      return lastError;
    },
    get dials() {
      return dials;
    },
    async connect() {
      dials += 1;
      become('connecting');
      await Promise.resolve();
      if (machine.dial) {
        become(machine.dial.retryable ? 'backoff' : 'refused', machine.dial);
        throw machine.dial;
      }
      become('up');
    },
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      if (state !== 'closed') become('closed');
    },
  };
}

interface WithStreams {
  readonly streams: Set<{ push(event: EngineEvent): void; fail(error: unknown): void }>;
}

function createFakeEngine(machine: FakeMachine, state: () => ConnectionState): DockerEngine {
  const find = (nameOrId: string): FakeContainer | undefined =>
    machine.containers.get(nameOrId) ?? [...machine.containers.values()].find((one) => one.name === nameOrId);
  const call = async <T>(signal: AbortSignal | undefined, answer: () => T): Promise<T> => {
    await Promise.resolve();
    if (state() !== 'up') throw new ClockerError('host.lost', { message: 'the connection was lost', retryable: true });
    if (machine.engine === 'hangs') return await hang(signal);
    if (machine.engine !== 'answers') throw machine.engine;
    return answer();
  };
  const unused = () => Promise.reject(new Error('not used by the host side'));
  return {
    get heardAt() {
      return machine.heardAt;
    },
    ping: (options) => call(options?.signal, () => undefined),
    facts: (options) => call(options?.signal, () => FACTS),
    listContainers: (options) =>
      call(options?.signal, () => {
        machine.listings += 1;
        return [...machine.containers.values()].map(({ id, name, image, status, labels }) => ({ id, name, image, state: status, labels }));
      }),
    inspectContainer: (id, options) => call(options?.signal, () => find(id) ?? null),
    stopContainer: (_id, options) => call(options.signal, () => undefined),
    removeContainer: (id, options) =>
      call(options?.signal, () => {
        machine.containers.delete(id);
        machine.removed.push(id);
      }),
    events: (options) => follow(machine as unknown as WithStreams, options.signal),
    describeContainer: unused,
    createContainer: unused,
    startContainer: unused,
    killContainer: unused,
    updateLimits: unused,
    writeFiles: unused,
    exec: unused,
    openTerminal: unused,
    logs: () => {
      throw new Error('not used by the host side');
    },
    imageExists: unused,
    buildImage: unused,
    tagImage: unused,
    pushImage: unused,
    pullImage: unused,
    inspectImage: unused,
    commitContainer: unused,
    listImages: unused,
    removeImage: unused,
    checkLogin: unused,
    createNetwork: unused,
    connectNetwork: unused,
    disconnectNetwork: unused,
    inspectNetwork: unused,
    listNetworks: (options) => call(options?.signal, () => []),
    removeNetwork: unused,
    swarm: simulatedSwarm({ name: 'the host' }),
    ensureVolume: unused,
    listVolumes: (options) => call(options?.signal, () => []),
    removeVolume: unused,
  };
}

const FACTS = {
  version: '20.10',
  os: 'Debian',
  kernel: '6.1',
  architecture: 'x86_64',
  storageDriver: 'overlay2',
  cgroupVersion: '1',
  cpus: 2,
  memoryBytes: 24e9,
  liveRestore: true,
  containersRunning: 0,
};

function hang(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

async function* follow({ streams }: WithStreams, signal: AbortSignal | undefined): AsyncGenerator<EngineEvent> {
  const queue: EngineEvent[] = [];
  let failure: { error: unknown } | null = null;
  let wake = (): void => undefined;
  const stream = {
    push: (event: EngineEvent) => {
      queue.push(event);
      wake();
    },
    fail: (error: unknown) => {
      failure ??= { error };
      wake();
    },
  };
  streams.add(stream);
  signal?.addEventListener('abort', () => stream.fail(signal.reason), { once: true });
  try {
    while (true) {
      const event = queue.shift();
      if (event) yield event;
      else if (failure) throw (failure as { error: unknown }).error;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    streams.delete(stream);
  }
}
