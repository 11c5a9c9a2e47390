import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { SwarmNode } from '../../../ports/docker-swarm.ts';
import { addressesOf, isOurs, type SwarmHost, type SwarmView } from './swarm-view.ts';

/** What is done next; `by` is a manager's host id, all else is done on the host that is settled. */
export type SwarmStep =
  | { readonly kind: 'init' }
  | { readonly kind: 'recover'; readonly by: string }
  | { readonly kind: 'join'; readonly by: string; readonly managers: readonly string[] }
  | { readonly kind: 'leave'; readonly force: boolean }
  /** Which node the host is, where its joining was not seen to its end. */
  | { readonly kind: 'mark' }
  | { readonly kind: 'unmark'; readonly keepsBridge: boolean }
  | { readonly kind: 'role'; readonly by: string; readonly nodeId: string; readonly role: SwarmNode['role'] }
  | { readonly kind: 'forget'; readonly by: string; readonly nodeId: string };

/** Of so many hosts: one that fails is survived by three, two by five. Even numbers survive no more than the one below. */
export function managersFor(hosts: number): number {
  if (hosts < 3) return 1;
  return hosts < 7 ? 3 : 5;
}

/**
 * The next step by which a host with networks becomes and stays a member of the Swarm of its cloud; null where it is one.
 * @throws ClockerError network.refused where only a person can go on
 */
export function nextGatherStep(view: SwarmView): SwarmStep | null {
  const { self, control, nodes, away } = view;
  requireSteady(self);
  requireNoneOfOthers(view);
  if (self.state.kind === 'inactive') {
    requireNoLiveRestore(self);
    if (control !== null) return { kind: 'join', by: control, managers: managersOf(view) };
    const members = oursOf(view);
    if (members.length === 0 && away.length === 0) return { kind: 'init' };
    return withoutControl(view, members);
  }
  if (self.state.kind !== 'active' && control !== null) throw waiting(`${self.name} is still joining the Swarm of its cloud`);
  if (self.mark?.nodeId !== self.state.nodeId) return { kind: 'mark' };
  if (control === null) return withoutControl(view, oursOf(view));
  if (!nodes.some(({ id }) => id === self.state.nodeId)) return { kind: 'leave', force: true };
  return nextRoleStep(view, control);
}

/**
 * The next step by which a host without networks is on its own again; null where it is.
 * @throws ClockerError network.refused, retryable, while managers take it in
 */
export function nextPartStep(view: SwarmView): SwarmStep | null {
  const { self, control, nodes } = view;
  if (self.mark === null) return null;
  requireSteady(self);
  if (self.state.kind === 'inactive') return forgotten(view) ?? { kind: 'unmark', keepsBridge: false };
  if (!isOurs(self, addressesOf(view))) return { kind: 'unmark', keepsBridge: true };
  const own = nodes.find(({ id }) => id === self.state.nodeId);
  const rest = nodes.filter(({ id, isReady }) => id !== self.state.nodeId && isReady);
  if (control === null || !own || rest.length === 0) return { kind: 'leave', force: true };
  if (own.role === 'worker' && !self.state.isManager) return { kind: 'leave', force: false };
  if (own.role === 'worker') throw waiting(`${self.name} is still leaving the managers of the Swarm`);
  const heir = rest.find(({ role, isReachable }) => role === 'manager' && isReachable) ?? rest.find(({ role }) => role === 'worker');
  if (heir?.role === 'worker') return { kind: 'role', by: control, nodeId: heir.id, role: 'manager' };
  if (!heir) throw waiting('No other manager of the Swarm is reachable');
  return { kind: 'role', by: control, nodeId: own.id, role: 'worker' };
}

/** Managers are as many as the Swarm's size wants; those that are gone for good are known no more. */
function nextRoleStep(view: SwarmView, by: string): SwarmStep | null {
  const { self, others, nodes } = view;
  const present = [self, ...others].filter(({ isWanted }) => isWanted).map(({ state }) => state.nodeId);
  const managers = nodes.filter(({ role }) => role === 'manager');
  const reachable = managers.filter(({ isReachable }) => isReachable);
  const gone = nodes.find((node) => isGone(view, node));
  const wanted = managersFor(nodes.filter((node) => !isGone(view, node)).length);
  const candidate = nodes.find(({ id, role, isReady }) => role === 'worker' && isReady && present.includes(id));
  if (reachable.length < wanted && candidate) return { kind: 'role', by, nodeId: candidate.id, role: 'manager' };
  if (gone)
    return gone.role === 'manager' ? { kind: 'role', by, nodeId: gone.id, role: 'worker' } : { kind: 'forget', by, nodeId: gone.id };
  if (reachable.length < managers.length || reachable.length <= wanted) return null;
  const spare = reachable.findLast(({ isLeader }) => !isLeader);
  return spare ? { kind: 'role', by, nodeId: spare.id, role: 'worker' } : null;
}

/** Its engine is not heard, and no host of the cloud is it. */
function isGone({ self, others, away }: SwarmView, { id, address, isReady }: SwarmNode): boolean {
  const isHost = [self, ...others].some(({ state }) => state.nodeId === id);
  return !isReady && !isHost && !away.some((one) => one.address === address);
}

/** The node that this host was, which the others still list. */
function forgotten({ self, control, nodes }: SwarmView): SwarmStep | null {
  const left = nodes.find(({ id }) => id === self.mark?.nodeId);
  return left && control !== null ? { kind: 'forget', by: control, nodeId: left.id } : null;
}

function requireSteady({ name, isBetween }: SwarmHost): void {
  if (isBetween) throw waiting(`The Docker Engine on ${name} is starting or stopping`);
}

/**
 * No manager answers for the Swarm. While hosts are away they are waited for: what runs goes on, nothing new joins. Where nobody is left to wait for, one of
 * the managers that are there goes on alone with all that it knows; where there is none, the Swarm is made anew.
 */
function withoutControl({ self, others, away }: SwarmView, members: readonly SwarmHost[]): SwarmStep | null {
  if (away.length > 0) {
    const names = away.map(({ name }) => name).join(', ');
    throw new ClockerError('network.refused', {
      message: `The Swarm of the cloud has no quorum of managers while ${names} cannot be reached: what is on its networks goes on, nothing joins or leaves`,
      hint: `Bring ${names} back, or remove them from the cloud: the hosts that are left go on without them then.`,
      retryable: true,
    });
  }
  const managers = members.filter(({ state }) => state.isManager);
  const [manager] = managers;
  const known = manager?.state.managers ?? self.state.managers;
  if (manager && managers.length * 2 > known.length) throw waiting('The managers of the Swarm are electing a leader');
  if (manager) return { kind: 'recover', by: manager.id };
  const isComing = others.some(({ address, state, isBetween }) => known.includes(address) && (isBetween || state.kind !== 'inactive'));
  if (isComing) throw waiting('Managers of the Swarm are starting');
  if (self.state.kind !== 'inactive') return { kind: 'leave', force: true };
  throw waiting('Hosts of the cloud are leaving a Swarm that has lost its managers');
}

function oursOf(view: SwarmView): readonly SwarmHost[] {
  const known = addressesOf(view);
  return [view.self, ...view.others].filter((host) => isOurs(host, known));
}

function managersOf({ self, others, nodes }: SwarmView): readonly string[] {
  const ids = new Set(nodes.filter(({ role, isReachable }) => role === 'manager' && isReachable).map(({ id }) => id));
  return [self, ...others].filter(({ state }) => ids.has(state.nodeId)).map(({ address }) => address);
}

function requireNoneOfOthers(view: SwarmView): void {
  const { self } = view;
  if (self.state.kind === 'inactive' || isOurs(self, addressesOf(view))) return;
  throw new ClockerError('network.refused', {
    message: `${self.name} is in a Docker Swarm that is not Clocker’s, and an engine can be in one only`,
    hint: 'Have it leave that Swarm (docker swarm leave), or choose another network provider for the cloud, such as vxlan. Clocker changes no Swarm of others.',
  });
}

function requireNoLiveRestore({ name, state }: SwarmHost): void {
  if (!state.liveRestore) return;
  throw new ClockerError('network.refused', {
    message: `The Docker Engine on ${name} has live-restore, with which it can be in no Swarm`,
    hint: 'Set "live-restore": false in /etc/docker/daemon.json there and reload Docker (systemctl reload docker), or choose another network provider for the cloud, such as vxlan.',
    retryable: true,
  });
}

function waiting(message: string): ClockerError {
  return new ClockerError('network.refused', { message, hint: 'It is tried again.', retryable: true });
}
