import { externalThingsOf } from '../../domain/entity/external-thing.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey, LABEL, readOwnership } from '../../domain/entity/ownership.ts';
import { networkRecordId } from '../../domain/network/network-record.ts';
import { nameOnHost } from '../../domain/registry/image-source.ts';
import { ClockerError, type ErrorCode, inWords, isClockerError } from '../../domain/shared/clocker-error.ts';
import { isOnMachine, stoppedProcess } from '../../domain/software/process-state.ts';
import type { BytesFile, ContainerView, DockerEngine } from '../../ports/docker-engine.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { Draft } from '../../ports/store.ts';
import { durableStep } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { avoidPorts } from '../leases.ts';
import { ownerLabels } from '../owner-labels.ts';
import { sourceOfImage } from '../registry-login.ts';
import { needsAttaching } from '../sdn/attaching.ts';
import { joinedSpec } from '../sdn/joined-spec.ts';
import { networkNameOf, volumeNameOf } from '../shared-things.ts';
import { filesBelow } from '../sources/keep-context.ts';
import { imageKey } from './entity-images.ts';
import { startOnMachine } from './entity-machine-steps.ts';
import { operate, patchInstance, runStepTask, type StepInput } from './entity-step.ts';

/** Creates the container and starts it in the same turn on the host. */
export async function createAndStart(input: StepInput, instance: Instance): Promise<void> {
  if (isOnMachine(instance)) return await startOnMachine(input, instance);
  await operate(input, instance, async (session) => {
    const created = await durableStep({
      name: 'instance.create',
      act: () => runStepTask(input, { name: 'Create container', hostId: instance.hostId }, () => create(input, session, instance)),
      record: (outcome) => Promise.resolve(outcome),
    });
    const live = liveOf(input);
    await start(input, session, { ...instance, containerId: created.containerId, liveHash: live.liveHash, serves: live.serves });
  });
}

/** Starts a container that exists: after a crash of ours, after a stop, or for a restart. */
export async function startExisting(input: StepInput, instance: Instance): Promise<void> {
  if (isOnMachine(instance)) return await startOnMachine(input, instance);
  await operate(input, instance, (session) => start(input, session, instance));
}

async function create(input: StepInput, { engine }: HostSession, instance: Instance): Promise<{ readonly containerId: string }> {
  const { context, signal } = input;
  const { planeId } = context.secrets;
  const {
    containerName: name,
    spec: { networks = [] },
  } = instance;
  const live = input.resolution.kind === 'resolved' ? input.resolution.live : null;
  const image = nameOnHost(instance.spec.image, sourceOfImage(instance.spec.image, context.store.view));
  const request = {
    name,
    spec: { ...joinedSpec(context.store.view, instance), image, files: [...instance.spec.files, ...(live?.files ?? [])] },
    ports: instance.ports,
    labels: ownerLabels(context.secrets, { ...instance, name, instanceId: instance.id }),
    volumeNames: Object.fromEntries(instance.spec.volumes.map((volume) => [volume.name, volumeNameOf(planeId, instance, volume)])),
    networkNames: Object.fromEntries(networks.map((network) => [network.name, networkNameOf(planeId, instance.applicationId, network)])),
  };
  await requireVolumes(input, engine, instance);
  const content = await contentOf(context, instance);
  const make = () => context.secretTexts.reveal(request, (whole) => engine.createContainer({ ...whole, content }, { signal }));
  try {
    return await make();
  } catch (error) {
    if (!isClockerError(error)) throw error;
    if (error.code === 'image.not-found') input.memory.images.forget(instance.hostId, imageKey(instance.spec));
    if (error.code !== 'conflict.foreign' && error.code !== 'conflict') throw error;
  }
  const adopted = await adopt(input, engine, instance);
  if (!adopted) return await make();
  if (adopted.status === 'created')
    await context.secretTexts.reveal(request.spec.files, (files) => engine.writeFiles(adopted.id, files, { signal }));
  return { containerId: adopted.id };
}

/** What its archives hold. A container with its final name has them already. @throws ClockerError not-found where they are no longer kept */
async function contentOf(context: EngineContext, { spec: { archives = [] } }: Instance): Promise<readonly BytesFile[]> {
  const each = archives.map(({ hash, path }) => filesBelow(context, { hash, path: path.replace(/\/+$/, '') }));
  return (await Promise.all(each)).flat();
}

/** Docker makes a volume that is not there, empty: one that others are to have made is looked for first. */
async function requireVolumes({ context, signal }: StepInput, engine: DockerEngine, instance: Instance): Promise<void> {
  const wanted = externalThingsOf(instance.spec).volumes;
  if (wanted.length === 0) return;
  const there = new Set((await engine.listVolumes({ signal })).map(({ name }) => name));
  const missing = wanted.find((name) => !there.has(name));
  if (missing === undefined) return;
  throw new ClockerError('not-found', {
    message: `${hostName(context, instance)} has no volume ${missing}, which others are to have made`,
    hint: 'Make it there, or name another in docker.volumes.',
    retryable: true,
  });
}

/** What a crash left under our name: ours and right is taken over, ours and stale is removed, anything else is not touched. */
async function adopt({ context, signal }: StepInput, engine: DockerEngine, instance: Instance): Promise<ContainerView | null> {
  const name = instance.containerName;
  const found = await engine.inspectContainer(name, { signal });
  if (!found) return null;
  const check = { planeId: context.secrets.planeId, verify: context.secrets.verify.bind(context.secrets) };
  const ownership = readOwnership(name, found.labels, check);
  if (!ownership) {
    throw new ClockerError('conflict.foreign', {
      message: `A container that is not ours is called ${name} on ${hostName(context, instance)}`,
      hint: 'Rename or remove that container; Clocker touches nothing without its own signed label.',
    });
  }
  if (found.labels[LABEL.instance] === instance.id && ownership.specHash === instance.specHash) return found;
  await engine.removeContainer(found.id, { signal });
  return null;
}

async function start(input: StepInput, session: HostSession, instance: Instance): Promise<void> {
  const { hostId } = instance;
  await durableStep({
    name: 'instance.start',
    intend: () => intendStart(input, instance),
    act: () => runStepTask(input, { name: 'Start container', hostId }, () => startAndLook(input, session.engine, instance)),
    record: (found) => recordStart(input, instance, found),
  }).catch((error: unknown) => recordFailedStart(input, instance, error));
}

async function startAndLook({ context, settler, signal }: StepInput, engine: DockerEngine, instance: Instance): Promise<ContainerView> {
  const key = containerKey(instance);
  const isGone = instance.adopted && (await engine.inspectContainer(key, { signal }))?.id !== key;
  if (isGone) throw new ClockerError('not-found', { message: 'The container that was adopted has been removed' });
  await engine.startContainer(key, { signal });
  // It is told of as running once it is on its networks.
  if (needsAttaching(context, context.store.view, instance))
    await settler.settle(
      instance.hostId,
      (instance.endpoints ?? []).map(({ networkId }) => networkId),
    );
  const found = await engine.inspectContainer(key, { signal });
  if (found) return found;
  throw new ClockerError('container.start-failed', { message: 'The container was removed while it started', retryable: true });
}

/** A stopped container is to run again: its next end is a failure. */
async function intendStart({ context }: StepInput, instance: Instance): Promise<void> {
  if (instance.state !== 'exited') return;
  await context.store.commit((draft) => {
    if (draft.get('instance', instance.id)?.state === 'exited')
      patchInstance(draft, instance.id, { state: 'created', stoppingSince: null });
  });
}

/** Rows that are `planned` or `created` are written by nobody else, so what was seen after the start still holds. */
async function recordStart(input: StepInput, started: Instance, found: ContainerView): Promise<void> {
  const { context, entity, resolution } = input;
  const needsProbe = started.process !== undefined || resolution.kind !== 'resolved' || resolution.probe.kind !== 'running';
  if (found.pid !== null) input.memory.pids.set(started.id, found.pid);
  const runs = found.status === 'running' || found.status === 'paused' || found.status === 'restarting';
  await context.store.commit((draft) => {
    const latest = draft.get('instance', started.id);
    const owner = draft.get('entity', entity.id);
    if (!latest || !owner || (latest.state !== 'planned' && latest.state !== 'created')) return;
    draft.put('instance', {
      ...latest,
      containerId: found.id,
      liveHash: started.liveHash,
      serves: started.serves,
      restartSerial: entity.restartSerial,
      state: runs ? 'running' : 'exited',
      ready: runs && !needsProbe,
      stoppingSince: null,
      ...(latest.process && { process: stoppedProcess(latest.process) }),
      startedAt: found.startedAtMs ?? context.clock.now(),
      exitCode: runs ? null : found.exitCode,
      oomKilled: !runs && found.oomKilled,
      bridgeAddress: found.bridgeAddress,
    });
    const { start: _, ...problems } = owner.problems;
    const changed = owner.waitingFor !== null || 'start' in owner.problems;
    if (changed) draft.put('entity', { ...owner, waitingFor: null, problems });
  });
}

const START_FAILURES: readonly ErrorCode[] = ['container.start-failed', 'port.taken', 'not-found'];

/** A start that Docker refuses, or a container that is gone, is healed like a crash; a port in use means another port. */
async function recordFailedStart({ context, entity }: StepInput, instance: Instance, error: unknown): Promise<void> {
  if (!isClockerError(error) || !START_FAILURES.includes(error.code)) throw error;
  await context.store.commit((draft) => {
    const latest = draft.get('instance', instance.id);
    const owner = draft.get('entity', entity.id);
    if (!latest || !owner) return;
    const { containerId } = instance;
    // Another port would be another container: one that was adopted is tried again as it is.
    if (error.code === 'port.taken' && !latest.adopted) {
      avoidPorts(draft, latest, context.clock.now());
      draft.put('instance', { ...latest, containerId, state: 'removing' });
      if (owner.instanceId === latest.id) draft.put('entity', { ...owner, instanceId: null });
      return;
    }
    if (/network .* not found/i.test(error.message)) missNetworks(draft, context, latest);
    const gone = error.code === 'not-found';
    const ended = { state: 'exited', ready: false, stoppingSince: null, startedAt: null } as const;
    draft.put('instance', { ...latest, ...ended, containerId: gone ? null : containerId });
    if (!gone) draft.put('entity', { ...owner, problems: { ...owner.problems, start: inWords(error) } });
  });
}

/** Somebody has removed a network of ours, as `docker network prune` does while nothing runs on it: all are looked at again. */
function missNetworks(draft: Draft, { secrets }: EngineContext, { hostId, applicationId, spec }: Instance): void {
  for (const network of spec.networks ?? []) {
    const record = draft.get('network', networkRecordId(hostId, networkNameOf(secrets.planeId, applicationId, network)));
    if (record?.state === 'ready') draft.put('network', { ...record, state: 'planned' });
  }
}

/** Live files as they are written into a container that is being made. */
function liveOf({ resolution }: StepInput): Pick<Instance, 'liveHash' | 'serves'> {
  const live = resolution.kind === 'resolved' ? resolution.live : null;
  return { liveHash: live?.hash ?? null, serves: live?.serves ?? [] };
}

function hostName(context: EngineContext, instance: Instance): string {
  return context.store.view.get('host', instance.hostId)?.name ?? instance.hostId;
}
