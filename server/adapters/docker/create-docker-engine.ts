import type { Clock } from '../../ports/clock.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import { buildImage } from './build-image.ts';
import { snapshotCalls } from './commit-container.ts';
import { containerLogs } from './container-logs.ts';
import { createContainer } from './create-container.ts';
import { DEADLINE_MS, STOP_EXTRA_MS } from './deadlines.ts';
import { describeContainer } from './describe-container.ts';
import { createDockerCalls } from './docker-calls.ts';
import { toStartError } from './engine-errors.ts';
import { engineEvents } from './engine-events.ts';
import { engineFacts } from './engine-facts.ts';
import { createEngineHttp } from './engine-http.ts';
import type { EngineParts } from './engine-parts.ts';
import type { EngineTransport } from './engine-transport.ts';
import { SeenEvents } from './event-stream.ts';
import { imageExists } from './image-exists.ts';
import { toReference } from './image-reference.ts';
import { imageCalls } from './list-images.ts';
import { networkCalls } from './networks.ts';
import { toObjectName } from './object-name.ts';
import { openTerminal } from './open-terminal.ts';
import { pullImage } from './pull-image.ts';
import { pushImage, tagImage } from './push-image.ts';
import { checkLogin } from './registry-auth.ts';
import { removeContainer } from './remove-container.ts';
import { runExec } from './run-exec.ts';
import { createDockerSwarm } from './swarm.ts';
import { toContainerSummary, toContainerView } from './to-container-view.ts';
import { updateLimits } from './update-limits.ts';
import { volumeCalls } from './volumes.ts';
import { writeFiles } from './write-files.ts';

const DONE_ALREADY = { statuses: [304], value: undefined };
const DONE_OR_GONE = { statuses: [304, 404], value: undefined };

/** The Docker Engine behind a transport. */
export function createDockerEngine(transport: EngineTransport, clock: Clock): DockerEngine {
  const calls = createDockerCalls(transport, clock);
  const parts: EngineParts = { transport, calls, http: createEngineHttp(transport, clock), clock };
  const seen = new SeenEvents();

  return {
    get heardAt() {
      return transport.heardAt;
    },
    ping: async (options) => {
      await calls.callFirst({
        what: 'ping',
        deadlineMs: DEADLINE_MS.ping,
        options,
        perform: (docker, abortSignal) => docker.ping({ abortSignal }),
      });
    },
    facts: (options) => engineFacts(parts, options),

    listContainers: async (options) => {
      const containers = await calls.call({
        what: 'list of containers',
        deadlineMs: DEADLINE_MS.list,
        options,
        perform: (docker, abortSignal) => docker.listContainers({ all: true, abortSignal }),
      });
      return containers.map(toContainerSummary);
    },
    inspectContainer: async (nameOrId, options) => {
      const id = toObjectName(nameOrId);
      const container = await calls.call({
        what: `inspection of ${nameOrId}`,
        deadlineMs: DEADLINE_MS.inspect,
        options,
        expected: { statuses: [404], value: null },
        perform: (docker, abortSignal) => docker.getContainer(id).inspect({ abortSignal }),
      });
      return container ? toContainerView(container) : null;
    },
    describeContainer: (nameOrId, options) => describeContainer(parts, nameOrId, options),
    createContainer: (request, options) => createContainer(parts, request, options),
    startContainer: async (nameOrId, options) => {
      const id = toObjectName(nameOrId);
      try {
        await calls.call<unknown>({
          what: `start of ${nameOrId}`,
          deadlineMs: DEADLINE_MS.start,
          options,
          expected: DONE_ALREADY,
          perform: (docker, abortSignal) => docker.getContainer(id).start({ abortSignal }),
        });
      } catch (error) {
        throw toStartError(error);
      }
    },
    stopContainer: async (nameOrId, { timeoutS, ...options }) => {
      const id = toObjectName(nameOrId);
      await calls.call<unknown>({
        what: `stop of ${nameOrId}`,
        deadlineMs: timeoutS * 1_000 + STOP_EXTRA_MS,
        options,
        expected: DONE_OR_GONE,
        perform: (docker, abortSignal) => docker.getContainer(id).stop({ t: timeoutS, abortSignal }),
      });
    },
    killContainer: async (nameOrId, { signalName, ...options }) => {
      const id = toObjectName(nameOrId);
      await calls.call<unknown>({
        what: `signal ${signalName} to ${nameOrId}`,
        deadlineMs: DEADLINE_MS.kill,
        options,
        perform: (docker, abortSignal) => docker.getContainer(id).kill({ signal: signalName, abortSignal }),
      });
    },
    removeContainer: (id, options) => removeContainer(parts, id, options),
    updateLimits: (id, limits, options) => updateLimits(parts, { id, limits, options }),
    writeFiles: (id, files, options) => writeFiles(parts, id, files, options),
    exec: (id, options) => runExec(parts, toObjectName(id), options),
    openTerminal: (id, options) => openTerminal(parts, toObjectName(id), options),
    logs: (id, options) => containerLogs(parts, toObjectName(id), options),
    events: (options) => engineEvents(parts, seen, options),

    imageExists: async (reference, options) => imageExists(parts, toReference(reference), options),
    buildImage: async (request, options) => buildImage(parts, { ...request, name: toReference(request.name) }, options),
    tagImage: async (source, target, options) => tagImage(parts, toReference(source), toReference(target), options),
    pushImage: async (reference, options) => pushImage(parts, toReference(reference), options),
    pullImage: async (reference, options) => pullImage(parts, toReference(reference), options),
    checkLogin: (login, options) => checkLogin(parts, login, options),
    ...imageCalls(parts),
    ...snapshotCalls(parts),
    ...networkCalls(parts),
    ...volumeCalls(parts),
    swarm: createDockerSwarm(parts),
  };
}
