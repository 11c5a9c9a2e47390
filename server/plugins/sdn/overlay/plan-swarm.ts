import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { SwarmNode } from '../../../ports/docker-swarm.ts';
import { isNoted, isOurs, type SwarmHost, type SwarmView } from './swarm-view.ts';

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
    if (members.length === 0 && away.length === 0) return initUnlessOneComes(view);
    return withoutControl(view, members);
  }
  if (control === null) return self.state.kind === 'active' && !isNoted(self) ? { kind: 'mark' } : withoutControl(view, oursOf(view));
  if (isNoted(self) && !nodes.some(({ id }) => id === self.state.nodeId)) return { kind: 'leave', force: true };
  // It was refused as it joined: nothing brings it in any more.
  if (self.state.kind === 'error' && !isNoted(self)) return { kind: 'leave', force: true };
  if (self.state.kind !== 'active') throw waiting(`${self.name} is still joining the Swarm of its cloud`);
  if (!isNoted(self)) return { kind: 'mark' };
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
  if (!isOurs(self, view)) return { kind: 'unmark', keepsBridge: true };
  const own = nodes.find(({ id }) => id === self.state.nodeId);
  const rest = nodes.filter(({ id, isReady }) => id !== self.state.nodeId && isReady);
  if (control === null && isElecting(self, oursOf(view))) throw waiting('The managers of the Swarm are electing a leader');
  if (control === null || !own || rest.length === 0) return { kind: 'leave', force: true };
  if (own.role === 'worker' && !self.state.isManager) return { kind: 'leave', force: false };
  if (own.role === 'worker') throw waiting(`${self.name} is still leaving the managers of the Swarm`);
  if (hasQuorumWithout(nodes, own.id)) return { kind: 'role', by: control, nodeId: own.id, role: 'worker' };
  const heir = rest.find(({ role }) => role === 'worker');
  if (!heir) throw waiting('Too few other managers of the Swarm are reachable');
  return { kind: 'role', by: control, nodeId: heir.id, role: 'manager' };
}

function hasQuorumWithout(nodes: readonly SwarmNode[], id: string): boolean {
  const left = nodes.filter((node) => node.role === 'manager' && node.id !== id);
  return left.filter(({ isReachable }) => isReachable).length * 2 > left.length;
}

/** Managers are as many as the Swarm's size wants; those that are gone for good are known no more. */
function nextRoleStep(view: SwarmView, by: string): SwarmStep | null {
  const { self, others, nodes } = view;
  const present = [self, ...others].filter((host) => host.isWanted && isNoted(host)).map(({ state }) => state.nodeId);
  const managers = nodes.filter(({ role }) => role === 'manager');
  const reachable = managers.filter(({ isReachable }) => isReachable);
  const gone = nodes.find((node) => isGone(view, node));
  const wanted = managersFor(nodes.filter((node) => !isGone(view, node)).length);
  const candidate = nodes.find(({ id, role, isReady }) => role === 'worker' && isReady && present.includes(id));
  if (reachable.length < wanted && candidate) return { kind: 'role', by, nodeId: candidate.id, role: 'manager' };
  if (gone) return toForget(gone, by);
  if (reachable.length < managers.length || reachable.length <= wanted) return null;
  const spare = reachable.findLast(({ isLeader }) => !isLeader);
  return spare ? { kind: 'role', by, nodeId: spare.id, role: 'worker' } : null;
}

/** Its engine is not heard, and no host of the cloud is it, nor will be when its engine has started. */
function isGone({ self, others, away }: SwarmView, { id, address, isReady }: SwarmNode): boolean {
  const isHost = [self, ...others].some(({ state, mark, isBetween }) => state.nodeId === id || (isBetween && mark?.nodeId === id));
  return !isReady && !isHost && !away.some((one) => one.address === address);
}

/** The node that this host was, which the others still list. */
function forgotten({ self, control, nodes }: SwarmView): SwarmStep | null {
  const left = nodes.find(({ id }) => id === self.mark?.nodeId);
  return left && control !== null ? toForget(left, control) : null;
}

/** Docker forgets no manager. */
function toForget({ id: nodeId, role }: SwarmNode, by: string): SwarmStep {
  return role === 'manager' ? { kind: 'role', by, nodeId, role: 'worker' } : { kind: 'forget', by, nodeId };
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
  const manager = members.find(({ state }) => state.isManager);
  const known = manager?.state.managers ?? self.state.managers;
  if (manager && isElecting(manager, members)) throw waiting('The managers of the Swarm are electing a leader');
  if (manager) return { kind: 'recover', by: manager.id };
  const isComing = others.some(({ address, state, isBetween }) => known.includes(address) && (isBetween || state.kind !== 'inactive'));
  if (isComing) throw waiting('Managers of the Swarm are starting');
  if (self.state.kind !== 'inactive') return { kind: 'leave', force: true };
  throw waiting('Hosts of the cloud are leaving a Swarm that has lost its managers');
}

/** As many managers are there as make a quorum, of those that `manager` knows. */
function isElecting({ state }: SwarmHost, members: readonly SwarmHost[]): boolean {
  const there = members.filter((member) => member.state.isManager && member.state.kind === 'active');
  return state.isManager && there.length * 2 > state.managers.length;
}

/** One whose engine starts or ends has the Swarm on its disk: a second one beside it would be no way between their hosts. */
function initUnlessOneComes({ others }: SwarmView): SwarmStep {
  const coming = others.find(({ isBetween, mark }) => isBetween && mark !== null);
  if (coming) throw waiting(`The Docker Engine on ${coming.name}, which has the Swarm of the cloud, is starting or stopping`);
  return { kind: 'init' };
}

function oursOf(view: SwarmView): readonly SwarmHost[] {
  return [view.self, ...view.others].filter((host) => isOurs(host, view));
}

function managersOf({ self, others, nodes }: SwarmView): readonly string[] {
  const ids = new Set(nodes.filter(({ role, isReachable }) => role === 'manager' && isReachable).map(({ id }) => id));
  return [self, ...others].filter(({ state }) => ids.has(state.nodeId)).map(({ address }) => address);
}

function requireNoneOfOthers(view: SwarmView): void {
  const { self } = view;
  if (self.state.kind === 'inactive' || isOurs(self, view)) return;
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
