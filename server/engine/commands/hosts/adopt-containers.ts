import type { AdoptedMember } from '../../../domain/adoption/plan-adoption.ts';
import { findComponent } from '../../../domain/blueprint/find-entity.ts';
import { cloudOfHost } from '../../../domain/cloud/cloud-of-host.ts';
import type { Entity } from '../../../domain/entity/entity.ts';
import type { Instance } from '../../../domain/entity/instance.ts';
import { plantMember } from '../../../domain/entity/plant-entities.ts';
import type { TaskCause } from '../../../domain/entity/task.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { ApplicationId, TaskId } from '../../../domain/shared/ids.ts';
import type { Draft } from '../../../ports/store.ts';
import { type Adoption, type AdoptionInput, readAdoption } from '../../adoption/read-adoption.ts';
import { putPlanted } from '../../cluster-size.ts';
import { type DesiredContainer, isStateful, resolveContainer } from '../../desired-container.ts';
import { durableCommit } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { isPortTaken, portLeaseId, takeLeases } from '../../leases.ts';
import { newId } from '../../new-id.ts';
import { pruneTasks } from '../../prune-tasks.ts';
import { newTask } from '../../task-runner.ts';
import { requirePlan } from '../plan-blueprint.ts';
import { plantApplication } from '../plant-application.ts';

export interface AdoptInput extends AdoptionInput {
  /** Whole ids of the containers that were shown: those and no others are adopted. */
  readonly containerIds: readonly string[];
}

/**
 * Makes running containers an application, in one commit; nothing is done on the host. From then on they are ours by their ids.
 * @throws ClockerError conflict (others than those that were shown, or what keeps them from being adopted) | errors of `readAdoption`
 */
export async function adoptContainers(
  context: EngineContext,
  cause: TaskCause,
  { containerIds, ...input }: AdoptInput,
): Promise<{ readonly applicationId: ApplicationId; readonly taskId: TaskId }> {
  const adoption = await readAdoption(context, input);
  const { text, members, name } = adoption;
  requireShown(adoption, containerIds);
  if (text === null) throw new ClockerError('conflict', { message: `No blueprint can be made of ${name}` });
  const parts = adoption.needsHostAccess ? { hostAccess: true } : undefined;
  const plan = await requirePlan({ text, ...parts }, context);
  return await durableCommit('host.adopt', () =>
    context.store.commit((draft) => {
      const now = context.clock.now();
      const location = requireFree(draft, adoption, now);
      const applicationId = newId<'application'>(context.ids);
      const taskId = newId<'task'>(context.ids);
      const by = { by: cause.by, now };
      const { rootId } = plantApplication(draft, context, { applicationId, taskId, name, text, parts, root: plan.root, location, ...by });
      const root = draft.get('entity', rootId);
      for (const member of members) if (root) putAdopted(draft, context, { root, member, adoption, taskId, ...by });
      const start = { name: `Adopt ${name}`, cause, applicationId, entityId: rootId, hostId: adoption.host.id };
      draft.put('task', newTask(start, { id: taskId, now, effect: 'running' }));
      pruneTasks(draft);
      return { applicationId, taskId };
    }),
  );
}

function requireShown({ members, findings, host, name }: Adoption, containerIds: readonly string[]): void {
  const problem = findings.find(({ severity }) => severity === 'error');
  if (problem)
    throw new ClockerError('conflict', { message: problem.message, ...(problem.hint === undefined ? {} : { hint: problem.hint }) });
  const shown = [...containerIds].sort().join();
  const there = members
    .map(({ container }) => container.id)
    .sort()
    .join();
  if (shown === there) return;
  const hint = 'Look at the plan again.';
  throw new ClockerError('conflict', { message: `${name} on ${host.name} has other containers than those that were shown`, hint });
}

/** What may have come to be since it was looked at. Gives the name of the cloud. */
function requireFree(draft: Draft, { host, members, name }: Adoption, now: number): string {
  const cloud = cloudOfHost(draft, draft.get('host', host.id));
  if (!cloud || cloud.closing) throw new ClockerError('conflict', { message: `${host.name} is no longer there` });
  const ids = new Set(members.map(({ container }) => container.id));
  const taken = draft.instancesOn(host.id).find(({ adopted }) => adopted && ids.has(adopted.containerId));
  if (taken) throw new ClockerError('conflict', { message: `${taken.containerName} on ${host.name} has been adopted already` });
  for (const { container } of members) {
    const port = container.ports.find((one) => isPortTaken(draft, portLeaseId(host.id, one), { ownerId: null, now }));
    if (port) throw new ClockerError('conflict', { message: `Port ${port.host} of ${host.name} is leased to another container by now` });
  }
  const isNamed = [...draft.all('application').values()].some((application) => application.name === name);
  if (isNamed)
    throw new ClockerError('conflict', { message: `There is an application ${name} already`, hint: 'Give this one another name.' });
  return cloud.name;
}

interface Adopting {
  readonly root: Entity;
  readonly member: AdoptedMember;
  readonly adoption: Adoption;
  readonly taskId: TaskId;
  readonly by: string;
  readonly now: number;
}

function putAdopted(draft: Draft, context: EngineContext, adopting: Adopting): void {
  const { member, adoption, by, now } = adopting;
  const { container } = member;
  const entity = entityFor(draft, context, adopting);
  const desired = resolveContainer(entity, draft, context);
  if (desired.kind !== 'resolved')
    throw new ClockerError('conflict', { message: `${container.name} cannot be adopted: ${whyNot(desired)}` });
  const isRunning = container.status === 'running';
  const instance: Instance = {
    ...{ id: newId<'instance'>(context.ids), applicationId: entity.applicationId, entityId: entity.id, incarnation: 1 },
    ...{ hostId: adoption.host.id, containerName: container.name, containerId: container.id },
    adopted: { containerId: container.id, by, at: now },
    ...{ spec: desired.spec, specHash: desired.specHash, liveHash: null, serves: [], generation: 1, restartSerial: entity.restartSerial },
    state: isRunning ? 'running' : 'exited',
    stoppingSince: null,
    ready: isRunning && desired.probe.kind === 'running',
    ports: container.ports.filter((port) =>
      desired.spec.ports.some((one) => one.container === port.container && one.protocol === port.protocol),
    ),
    ...{ startedAt: container.startedAtMs, exitCode: isRunning ? null : container.exitCode, oomKilled: false },
    ...{ bridgeAddress: isRunning ? container.bridgeAddress : null, decisionId: null, createdAt: now },
  };
  draft.put('instance', instance);
  takeLeases(draft, instance);
  const data = isStateful(desired.spec) ? { dataHostId: adoption.host.id } : {};
  draft.put('entity', { ...entity, ...data, instanceId: instance.id, incarnation: 1 });
}

/** The entity that the container serves for; a member of its cluster is made for it. */
function entityFor(draft: Draft, context: EngineContext, { root, member: { service, slot }, taskId, now }: Adopting): Entity {
  const entity = findComponent(root, service, draft);
  if (!entity) throw new ClockerError('internal', { message: `The blueprint has no ${service}` });
  if (slot === null) return entity;
  const planting = {
    ...({ applicationId: entity.applicationId, parentId: entity.id, generation: 1, goal: 'running', taskId, now } as const),
    nextId: () => newId<'entity'>(context.ids),
  };
  const planted = plantMember(entity, { slot, isFirst: slot === 1 }, planting);
  putPlanted(draft, planted, context.plugins.entityTypes);
  const [own] = planted;
  if (!own) throw new ClockerError('internal', { message: `The blueprint says nothing of the members of ${service}` });
  return own;
}

function whyNot(desired: Exclude<ReturnType<typeof resolveContainer>, DesiredContainer>): string {
  return desired.kind === 'invalid' ? desired.problem : `it waits for ${desired.for}`;
}
