import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type {
  CallOptions,
  ContainerView,
  DockerEngine,
  EngineEvent,
  EngineFacts,
  EngineImage,
  LogLine,
} from '../../ports/docker-engine.ts';
import { describeSimulated } from './describe-simulated.ts';
import type { SimulatedContainer, SimulatedMachine } from './simulated-machine.ts';
import { simulatedSwarm } from './simulated-swarm.ts';

/** The Docker Engine of a simulated machine. */
export function createSimulatedEngine(machine: SimulatedMachine): DockerEngine {
  const { clock } = machine;

  function require(id: string): SimulatedContainer {
    const container = machine.find(id);
    if (!container) throw new ClockerError('not-found', { message: `There is no container ${id} on ${machine.name}` });
    return container;
  }

  return {
    get heardAt() {
      return machine.heardAt;
    },
    ping: () => machine.call('ping', () => undefined),
    facts: () => machine.call('facts', () => factsOf(machine)),
    listContainers: () =>
      machine.call('list', () =>
        [...machine.containers.values()].map(({ id, name, request, status }) => ({
          id,
          name,
          image: request.spec.image,
          state: status,
          labels: { ...request.spec.labels, ...request.labels },
        })),
      ),
    inspectContainer: (id) =>
      machine.call('inspect', () => {
        const container = machine.find(id);
        return container ? viewOf(container) : null;
      }),
    describeContainer: (id) =>
      machine.call('inspect', () => {
        const container = machine.find(id);
        return container ? describeSimulated(container) : null;
      }),
    createContainer: (request) =>
      machine.call('create', () => {
        if (machine.find(request.name)) {
          throw new ClockerError('conflict', { message: `The name ${request.name} is in use on ${machine.name}` });
        }
        if (!machine.images.has(request.spec.image)) {
          throw new ClockerError('image.not-found', { message: `There is no image ${request.spec.image} on ${machine.name}` });
        }
        return { containerId: machine.add(request).id };
      }),
    startContainer: (id) => machine.call('start', () => machine.start(require(id))),
    stopContainer: (id) =>
      machine.call('stop', () => {
        const container = machine.find(id);
        if (container) machine.end(container, 0);
      }),
    killContainer: (id) => machine.call('kill', () => void require(id)),
    removeContainer: (id) =>
      machine.call('remove', () => {
        const container = machine.find(id);
        if (container) machine.remove(container);
      }),
    updateLimits: (id, limits) =>
      machine.call('update', () => {
        require(id).limits = limits;
      }),
    writeFiles: (id, files) =>
      machine.call('write', () => {
        const container = require(id);
        const paths = new Set(files.map((file) => file.path));
        container.files = [...container.files.filter((file) => !paths.has(file.path)), ...files];
      }),
    openTerminal: () => machine.call('terminal', noTerminal),
    exec: (id, options) => machine.call('exec', () => machine.run(require(id), options)),
    logs: (id) => logsOf(machine, id),
    events: (options) => followEvents(machine, options),
    imageExists: (image) => machine.call('image', () => machine.images.has(image)),
    inspectImage: (name) =>
      machine.call('image-inspect', () => {
        const labels = machine.commits.get(name)?.labels ?? {};
        return machine.images.has(name) ? { id: `sha256:${name}`, labels, sizeBytes: 1_000_000 } : null;
      }),
    commitContainer: (request) =>
      machine.call('commit', () => {
        require(request.container);
        machine.commits.set(request.name, request);
        machine.images.add(request.name);
      }),
    listImages: () => machine.call('images', () => [...machine.images].map((name) => toImage(name))),
    removeImage: (name) =>
      machine.call('image-remove', () => {
        const user = [...machine.containers.values()].find(({ request }) => request.spec.image === name);
        if (user) throw new ClockerError('conflict', { message: `${name} is used by ${user.name} on ${machine.name}` });
        machine.images.delete(name);
        machine.commits.delete(name);
      }),
    buildImage: ({ name }) =>
      machine.call('build', () => {
        machine.images.add(name);
      }),
    tagImage: (_source, target) =>
      machine.call('tag', () => {
        machine.images.add(target);
      }),
    pushImage: () => machine.call('push', () => undefined),
    checkLogin: () => machine.call('login', () => undefined),
    pullImage: (image, { onProgress }) =>
      machine.call('pull', () => {
        if (machine.behaviourOf(image).unknown) throw new ClockerError('image.not-found', { message: `No registry has ${image}` });
        onProgress?.({ text: 'Pulled', fraction: 1 });
        machine.images.add(image);
      }),
    createNetwork: (request) =>
      machine.call('network-create', () => {
        if (machine.networks.has(request.name)) {
          throw new ClockerError('conflict', { message: `The network ${request.name} exists on ${machine.name}` });
        }
        const { subnet } = request.definition;
        if (subnet !== undefined && [...machine.networks.values()].some((other) => other.definition.subnet === subnet)) {
          throw new ClockerError('engine.refused', { message: `Pool overlaps with other one on ${machine.name}`, retryable: true });
        }
        machine.networks.set(request.name, request);
        return { networkId: request.name };
      }),
    inspectNetwork: (name) =>
      machine.call('network-inspect', () => {
        const network = machine.networks.get(name);
        if (!network) return null;
        const { labels, subnet, gateway } = network.definition;
        const number = 18 + [...machine.networks.keys()].indexOf(name);
        const range = subnet && gateway ? { subnet, gateway } : { subnet: `172.${number}.0.0/16`, gateway: `172.${number}.0.1` };
        return { id: name, name, labels: { ...labels, ...network.labels }, range };
      }),
    connectNetwork: (name, { container: id, attachment }) =>
      machine.call('network-connect', () => {
        const container = require(id);
        const { networkNames, spec } = container.request;
        if (!machine.networks.has(name)) throw new ClockerError('not-found', { message: `There is no network ${name} on ${machine.name}` });
        if (Object.values(networkNames).includes(name)) {
          throw new ClockerError('engine.refused', { message: `${container.name} is on network ${name} already` });
        }
        container.request = {
          ...container.request,
          networkNames: { ...networkNames, [attachment.name]: name },
          spec: { ...spec, networks: [...(spec.networks ?? []), attachment] },
        };
      }),
    disconnectNetwork: (name, id) =>
      machine.call('network-disconnect', () => {
        const container = machine.find(id);
        if (!container) return;
        const { networkNames, spec } = container.request;
        const left = Object.entries(networkNames).filter(([, onHost]) => onHost !== name);
        const names = new Set(left.map(([logical]) => logical));
        const networks = (spec.networks ?? []).filter((network) => names.has(network.name));
        container.request = { ...container.request, networkNames: Object.fromEntries(left), spec: { ...spec, networks } };
      }),
    listNetworks: () =>
      machine.call('network-list', () =>
        [...machine.networks.values()].map(({ name, definition, labels }) => ({ name, labels: { ...definition.labels, ...labels } })),
      ),
    removeNetwork: (name) =>
      machine.call('network-remove', () => {
        const busy = machine.running().find((one) => Object.values(one.request.networkNames).includes(name));
        if (busy) throw new ClockerError('conflict', { message: `The network ${name} has active endpoints: ${busy.name}` });
        machine.networks.delete(name);
      }),
    ensureVolume: ({ name, labels }) =>
      machine.call('volume-create', () => {
        if (!machine.volumes.has(name)) machine.volumes.set(name, { ...labels, madeAt: String(clock.now()) });
      }),
    listVolumes: () => machine.call('volume-list', () => [...machine.volumes].map(([name, labels]) => ({ name, labels }))),
    removeVolume: (name) => machine.call('volume-remove', () => void machine.volumes.delete(name)),
    swarm: simulatedSwarm(machine),
  };
}

function factsOf(machine: SimulatedMachine): EngineFacts {
  return {
    version: 'simulated',
    os: 'simulated',
    kernel: 'simulated',
    architecture: 'x86_64',
    storageDriver: 'overlay2',
    cgroupVersion: '2',
    cpus: 4,
    memoryBytes: 8 * 1024 ** 3,
    liveRestore: true,
    containersRunning: machine.running().length,
  };
}

function viewOf(container: SimulatedContainer): ContainerView {
  const runs = container.status === 'running';
  return {
    id: container.id,
    name: container.name,
    labels: { ...container.request.spec.labels, ...container.request.labels },
    status: container.status,
    pid: runs ? container.pid : null,
    exitCode: container.exitCode,
    oomKilled: container.oomKilled,
    error: '',
    health: container.request.spec.healthcheck && runs ? 'healthy' : 'none',
    startedAtMs: container.startedAtMs,
    ports: runs ? container.request.ports : [],
    bridgeAddress: runs ? '172.17.0.2' : null,
    networks: (container.request.spec.networks ?? []).map(({ name, address, macAddress }) => ({
      name: container.request.networkNames[name] ?? name,
      address: address ?? null,
      mac: macAddress ?? null,
    })),
  };
}

/** What is simulated runs no programs. */
function noTerminal(): never {
  throw new ClockerError('engine.refused', { message: 'A simulated container runs no shell' });
}

async function* logsOf(machine: SimulatedMachine, id: string): AsyncGenerator<LogLine> {
  const container = await machine.call('logs', () => machine.find(id));
  if (container) yield { stream: 'stderr', at: '2026-01-01T00:00:00.000000000Z', text: `${container.request.spec.image} says goodbye` };
}

async function* followEvents(
  machine: SimulatedMachine,
  { sinceNs, signal }: CallOptions & { readonly sinceNs: string | null },
): AsyncGenerator<EngineEvent> {
  const waiting: (EngineEvent | 'broken')[] = [];
  let wake: () => void = () => undefined;
  const push = (event: EngineEvent | 'broken'): void => {
    waiting.push(event);
    wake();
  };
  const stop = machine.follow(push);
  const abort = (): void => push('broken');
  signal?.addEventListener('abort', abort);
  try {
    await machine.call('events', () => undefined);
    const since = sinceNs === null ? null : BigInt(sinceNs);
    if (since !== null) waiting.unshift(...machine.events.filter((event) => BigInt(event.timeNs) >= since));
    for (;;) {
      const event = waiting.shift();
      if (event === 'broken') throw machine.lost();
      if (event) yield event;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', abort);
  }
}

function toImage(name: string): EngineImage {
  return { id: `sha256:${name}`, names: [name], sizeBytes: 1_000_000, labels: {}, createdAt: 0 };
}
