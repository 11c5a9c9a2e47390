import type { Instance } from '../../domain/entity/instance.ts';
import type { ContainerView } from '../../ports/docker-engine.ts';

/**
 * The row of an instance after a look at its container (null: there is none). Pure; returns the same object when nothing changed.
 * Rows that are planned, created or being removed belong to the steps that work on them and are left alone. Ports are not touched:
 * the row's are leased, and Docker was told to bind exactly these.
 *
 * running, exited ─► what Docker says    lost ─► adopted (what Docker says), or removing where `replaced`
 */
export function observeInstance(instance: Instance, container: ContainerView | null, context: { readonly replaced: boolean }): Instance {
  switch (instance.state) {
    case 'planned':
    case 'created':
    case 'removing':
      return instance;
    case 'lost':
      return context.replaced ? { ...instance, state: 'removing', ready: false } : observed(instance, container);
    case 'running':
    case 'exited':
      return observed(instance, container);
  }
}

function observed(instance: Instance, container: ContainerView | null): Instance {
  if (!container) return changed(instance, { ...ended(instance), containerId: null });
  // Docker's own restart policy is at work on it: what it brings up again is the same container.
  if (instance.adopted && container.status === 'restarting' && instance.state === 'running')
    return changed(instance, { ...instance, ready: false, bridgeAddress: null });
  if (container.status !== 'running' && container.status !== 'paused') {
    return changed(instance, {
      ...ended(instance),
      containerId: container.id,
      startedAt: container.startedAtMs ?? instance.startedAt,
      exitCode: container.exitCode,
      oomKilled: container.oomKilled,
    });
  }
  const restarted = instance.state !== 'running' || isOtherStart(instance, container);
  const serving = container.status === 'running' && container.health !== 'unhealthy';
  return changed(instance, {
    ...instance,
    state: 'running',
    containerId: container.id,
    ready: instance.ready && serving && !restarted,
    startedAt: container.startedAtMs ?? instance.startedAt,
    exitCode: null,
    oomKilled: false,
    bridgeAddress: container.bridgeAddress,
  });
}

/** Docker's own time tells one start from another; a row without one was started by us and not looked at yet. */
function isOtherStart(instance: Instance, container: ContainerView): boolean {
  return instance.startedAt !== null && container.startedAtMs !== null && instance.startedAt !== container.startedAtMs;
}

function ended(instance: Instance): Instance {
  return { ...instance, state: 'exited', ready: false, bridgeAddress: null };
}

function changed(before: Instance, after: Instance): Instance {
  const same =
    before.state === after.state &&
    before.ready === after.ready &&
    before.containerId === after.containerId &&
    before.startedAt === after.startedAt &&
    before.exitCode === after.exitCode &&
    before.oomKilled === after.oomKilled &&
    before.bridgeAddress === after.bridgeAddress;
  return same ? before : after;
}

/** Whether another incarnation has taken the place of this one: it lives or is about to, or it ended after this one was given up. */
export function isReplaced(instance: Instance, siblings: readonly Instance[]): boolean {
  return siblings.some((other) => other.id !== instance.id && takesPlaceOf(other, instance));
}

function takesPlaceOf(other: Instance, instance: Instance): boolean {
  switch (other.state) {
    case 'planned':
    case 'created':
    case 'running':
      return true;
    case 'exited':
      return other.incarnation > instance.incarnation;
    case 'lost':
    case 'removing':
      return false;
  }
}
