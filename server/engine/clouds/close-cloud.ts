import type { Application } from '../../domain/entity/application.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Cloud, CloudClosing } from '../../domain/entity/host.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { deleteApplication } from '../commands/delete-application.ts';
import { stopEntity } from '../commands/entity-effectors.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { retireNetwork } from '../sdn/standing-networks.ts';
import { applicationsOn } from './applications-on.ts';
import { readCloudSettings } from './cloud-settings.ts';

const CAUSE: TaskCause = { kind: 'controller', by: 'cloud' };
const LOOK_MS = 2_000;

/**
 * Takes a Docker cloud down in phases: applications on it, then its hosts (each by itself), then its record. What fails in one is told
 * and does not keep the next from going on; a phase may take the cloud's shutdown timeout.
 */
export async function closeCloud(context: EngineContext, entity: Entity, cloud: Cloud): Promise<void> {
  const { store, queue, clock } = context;
  if (!cloud.closing) {
    const closing: CloudClosing = { since: clock.now(), applications: 'stop', removeVolumes: entity.destroyVolumes };
    await durableCommit('cloud.close', () => store.commit((draft) => patchCloud(draft, cloud, { closing })));
    return;
  }
  for (const application of applicationsOn(store.view, cloud, entity.applicationId))
    await endApplication(context, application, cloud.closing);
  if (!isEvacuated(context, cloud)) {
    queue.lookAgain(`cloud:${entity.id}`, clock.now() + LOOK_MS);
    return;
  }
  const hosts = store.view.childrenOf(entity.id);
  for (const host of hosts) queue.enqueue(`machine:${host.id}`);
  if (hosts.length > 0) return;
  await durableCommit('cloud.remove', () => store.commit((draft) => dropCloud(draft, cloud)));
}

/** Nothing runs on it any more but what is to be removed with it, or the time for that is over. */
export function isEvacuated(context: EngineContext, cloud: Cloud): boolean {
  const { view } = context.store;
  if (!cloud.closing) return true;
  const entity = cloud.entityId && view.get('entity', cloud.entityId);
  const limitMs = entity ? readCloudSettings(context, view, entity).shutdownMs : 0;
  if (context.clock.now() >= cloud.closing.since + limitMs) return true;
  const isBusy = view.hostsOf(cloud.id).some((host) => {
    return host.origin !== undefined && view.instancesOn(host.id).some((instance) => !isAtRest(view, instance.entityId, instance.state));
  });
  return !isBusy;
}

function isAtRest(view: StoreView, entityId: string, state: string): boolean {
  return view.get('entity', entityId)?.goal === 'stopped' && (state === 'exited' || state === 'lost');
}

async function endApplication(
  context: EngineContext,
  { id: applicationId, name, rootId }: Application,
  closing: CloudClosing,
): Promise<void> {
  const root = context.store.view.get('entity', rootId);
  try {
    if (closing.applications === 'delete') {
      if (root?.goal !== 'destroyed') await deleteApplication(context, CAUSE, { applicationId, removeVolumes: closing.removeVolumes });
    } else if (root?.goal === 'running') await stopEntity(context, CAUSE, { entityId: rootId });
  } catch (error) {
    context.log.error('an application on a closing cloud could not be ended', { applicationId, name, error: toErrorView(error) });
  }
}

/** Hosts that a person has added stay, in a cloud that is then nobody's. */
function dropCloud(draft: Draft, { id }: Cloud): void {
  const latest = draft.get('cloud', id);
  if (!latest) return;
  const { entityId: _, closing: __, ...plain } = latest;
  if (draft.hostsOf(id).length > 0) draft.put('cloud', plain);
  else {
    for (const network of draft.all('virtualNetwork').values()) if (network.cloudId === id) retireNetwork(draft, network);
    draft.remove('cloud', id);
  }
}

function patchCloud(draft: Draft, { id }: Cloud, patch: Partial<Cloud>): void {
  const latest = draft.get('cloud', id);
  if (latest) draft.put('cloud', { ...latest, ...patch });
}
