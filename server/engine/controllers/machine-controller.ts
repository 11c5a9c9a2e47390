import type { Entity, MachineClaim } from '../../domain/entity/entity.ts';
import type { Cloud, Host } from '../../domain/entity/host.ts';
import { inWordsTriedAgain, toClockerError } from '../../domain/shared/clocker-error.ts';
import { clearHost, forgetHost } from '../clouds/clear-host.ts';
import { isEvacuated } from '../clouds/close-cloud.ts';
import { cloudOf, hostOf, isEmpty } from '../clouds/cloud-hosts.ts';
import { readHostSettings } from '../clouds/cloud-settings.ts';
import { giveBackMachine } from '../clouds/give-back-machine.ts';
import { type Claiming, claimMachine, obtainMachine } from '../clouds/obtain-machine.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { patchEntity } from './entity-step.ts';

/** Where no machine is left, it is asked again after this: somebody may have added one. Milliseconds. */
const EXHAUSTED_RETRY_MS = 60_000;
const LOOK_MS = 5_000;

/** Brings one host of a Docker cloud from a claim to a machine that is ready, and back (key `machine:<entity id>`). */
export function registerMachineController(context: EngineContext): void {
  context.queue.register('machine', async (id, signal) => {
    const entity = context.store.view.get('entity', id);
    if (!entity || entityKind(context, entity.type) !== 'host' || entity.slot === null) return;
    if (entity.goal === 'destroyed') await giveBack(context, entity, signal);
    else if (entity.goal === 'running') await provide(context, entity, signal);
  });
}

async function provide(context: EngineContext, entity: Entity, signal: AbortSignal): Promise<void> {
  const host = hostOf(context.store.view, entity);
  if (host) return await judge(context, entity, host);
  if (entity.machine) return await telling(context, entity, (claim) => obtainMachine(context, entity, claim));
  const claiming = await claim(context, entity, signal);
  if (claiming.ok) {
    context.queue.enqueue(`machine:${entity.id}`);
    return;
  }
  await note(context, entity, claiming.why);
  context.queue.lookAgain(`machine:${entity.id}`, context.clock.now() + EXHAUSTED_RETRY_MS);
}

async function claim(context: EngineContext, entity: Entity, signal: AbortSignal): Promise<Claiming> {
  try {
    return await claimMachine(context, entity, signal);
  } catch (error) {
    if (!signal.aborted) await note(context, entity, inWordsTriedAgain(toClockerError(error)));
    throw error;
  }
}

/** A failure is told on the entity until it succeeds; the queue tries again, each time later. */
async function telling(context: EngineContext, entity: Entity, work: (claim: MachineClaim) => Promise<void>): Promise<void> {
  if (!entity.machine) return;
  try {
    await work(entity.machine);
  } catch (error) {
    const failure = toClockerError(error);
    if (failure.code !== 'cancelled') await note(context, entity, inWordsTriedAgain(failure));
    throw error;
  }
  await note(context, entity, null);
}

/** A machine that is less than was asked for takes no containers, and is said to be so. */
async function judge(context: EngineContext, entity: Entity, host: Host): Promise<void> {
  const { facts } = host;
  if (facts === null) {
    await note(context, entity, null);
    const { startTimeoutMs } = readHostSettings(context, context.store.view, entity);
    const overdueAt = host.createdAt + startTimeoutMs;
    if (overdueAt > context.clock.now()) context.queue.lookAgain(`state:${entity.id}`, overdueAt);
    return;
  }
  const { minMemoryBytes = 0, minCpus = 0 } = readHostSettings(context, context.store.view, entity);
  const lacks = [
    ...(facts.memoryBytes < minMemoryBytes ? [`${mebibytes(facts.memoryBytes)} MiB of memory, ${mebibytes(minMemoryBytes)} wanted`] : []),
    ...(facts.cpus < minCpus ? [`${facts.cpus} CPUs, ${minCpus} wanted`] : []),
  ];
  await note(context, entity, lacks.length === 0 ? null : `${host.name} is too small: ${lacks.join('; ')}. Release it, or ask for less`);
  if (lacks.length > 0 && !host.cordoned && context.store.view.instancesOn(host.id).length === 0) await cordon(context, host);
}

async function giveBack(context: EngineContext, entity: Entity, signal: AbortSignal): Promise<void> {
  const { view } = context.store;
  const host = hostOf(view, entity);
  const cloud = cloudOf(view, entity.parentId);
  if (host && cloud) {
    const waiting = await emptied(context, { host, cloud, signal });
    if (waiting !== null) {
      await context.store.commit((draft) => patchEntity(draft, entity.id, { waitingFor: waiting }));
      context.queue.lookAgain(`machine:${entity.id}`, context.clock.now() + LOOK_MS);
      return;
    }
    await forgetHost(context, host);
  }
  await telling(context, entity, (claim) => giveBackMachine(context, entity, { claim, by: 'cloud' }));
}

interface Emptying {
  readonly host: Host;
  readonly cloud: Cloud;
  readonly signal: AbortSignal;
}

/** Null once nothing of ours is left on it; else what it waits for. */
async function emptied(context: EngineContext, { host, cloud, signal }: Emptying): Promise<string | null> {
  if (!host.cordoned) await cordon(context, host);
  const { view } = context.store;
  const { closing } = cloud;
  if (closing && !isEvacuated(context, cloud)) return `applications on ${cloud.name} to stop`;
  const hasNetworks = (): boolean => [...view.all('network').values()].some(({ hostId }) => hostId === host.id);
  const isEnded = context.provisioners.get(host.origin?.provisioner ?? '')?.removesMachines === true;
  if (host.state !== 'ready' && host.facts !== null && !isEnded) {
    return `${host.name}: it is ${host.state}, and what is on it cannot be removed. Release it by force to let it go`;
  }
  if (isEmpty(view, { ...host, foreignContainers: 0 }) && !hasNetworks() && !(isEnded && host.foreignContainers > 0)) return null;
  if (isEnded && host.foreignContainers > 0)
    return `${host.name}: ${ofOthers(host.foreignContainers)} there. Release it by force to let it go`;
  if (host.state !== 'ready')
    return `${host.name}: it is ${host.state}, and what is on it cannot be removed. Release it by force to let it go`;
  if (!closing)
    return view.instancesOn(host.id).length > 0 ? `${host.name}: its containers to end` : `${host.name}: it holds volumes or networks`;
  await clearHost(context, host, { removeVolumes: closing.removeVolumes, signal });
  return hasNetworks() ? `${host.name}: its networks to be removed` : null;
}

function ofOthers(count: number): string {
  return count === 1 ? '1 container that is not Clocker’s runs' : `${count} containers that are not Clocker’s run`;
}

async function cordon({ store }: EngineContext, { id }: Host): Promise<void> {
  await store.commit((draft) => {
    const host = draft.get('host', id);
    if (host && !host.cordoned) draft.put('host', { ...host, cordoned: true });
  });
}

/** What is wrong with its machine, or null where nothing is. */
async function note({ store }: EngineContext, { id }: Entity, why: string | null): Promise<void> {
  if ((store.view.get('entity', id)?.problems.machine ?? null) === why) return;
  await store.commit((draft) => {
    const entity = draft.get('entity', id);
    if (!entity) return;
    const { machine: _, ...problems } = entity.problems;
    draft.put('entity', { ...entity, waitingFor: null, problems: why === null ? problems : { ...problems, machine: why } });
  });
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
