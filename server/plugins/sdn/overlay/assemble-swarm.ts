import { LABEL } from '../../../domain/entity/ownership.ts';
import { ClockerError, isClockerError } from '../../../domain/shared/clocker-error.ts';
import type { DockerSwarm, OverlayView, SwarmNode } from '../../../ports/docker-swarm.ts';
import type { Assembling, AssemblyHost, SdnAssembly } from '../../../ports/sdn-assembly.ts';
import type { HostNetwork, RootShell, SdnStep } from '../../../ports/sdn-provider.ts';
import { ENCRYPTS } from './attach-scripts.ts';
import { fenceGateway, fenceOf } from './fence.ts';
import { readMark, removeMark, writeMark } from './marks.ts';
import { nextGatherStep, nextPartStep, type SwarmStep } from './plan-swarm.ts';
import { isOurs, type SwarmHost, type SwarmView } from './swarm-view.ts';

/** Docker takes what a VXLAN packet has around it off the MTU that it is told, 50 bytes. */
const VXLAN_BYTES = 50;
const PLANE = LABEL.plane;
const CLOUD = 'io.clocker.cloud';
/** Init, joining, a manager for each host and the nodes of hosts that are gone: more is no way to an end. */
const MOST_STEPS = 40;

/** By the name of the network on all hosts. */
export function overlayName(vni: number): string {
  return `cko${vni.toString(36)}`;
}

type IsEncrypted = (network: HostNetwork) => boolean;

/** A Swarm of the hosts of one cloud, its managers among them, with one overlay network for each network. */
export function assembleBy(isEncrypted: IsEncrypted): SdnAssembly {
  return {
    async preflight({ name, shell }, networks) {
      const encrypted = networks.filter(isEncrypted);
      if (encrypted.length === 0 || (await shell.run(ENCRYPTS)).code === 0) return new Map();
      const error = new ClockerError('network.refused', {
        message: `The kernel of ${name} has no ESP with AES-GCM, by which Swarm encrypts: its packets would be dropped`,
        hint: 'Load the modules (modprobe esp4; modprobe xfrm_user), or leave overlay.encrypted off for new networks.',
      });
      return new Map(encrypted.map(({ id }) => [id, error]));
    },
    async gather(assembling) {
      const { done, view } = await follow(assembling, await look(assembling), nextGatherStep);
      return [...done, ...(await makeNetworks(assembling, view, isEncrypted))];
    },
    async part(assembling) {
      const { self, planeId } = assembling;
      if (!self.isWanted && (await readMark(self.shell, planeId, '')).mark === null) return [];
      const view = await look(assembling);
      if (self.isWanted) requireManager(view);
      const dropped = await dropNetworks(assembling, view);
      return self.isWanted ? dropped : [...dropped, ...(await follow(assembling, view, nextPartStep)).done];
    },
  };
}

interface Followed {
  readonly done: readonly SdnStep[];
  readonly view: SwarmView;
}

async function follow(assembling: Assembling, first: SwarmView, next: (view: SwarmView) => SwarmStep | null): Promise<Followed> {
  const done: SdnStep[] = [];
  let view = first;
  for (let n = 0; n < MOST_STEPS; n++) {
    const step = next(view);
    if (step === null) return { done, view };
    await perform(assembling, step);
    done.push({ text: textOf(assembling, step) });
    view = await look(assembling);
  }
  throw new ClockerError('network.refused', {
    message: `The Swarm of the cloud changed as often as ${assembling.self.name} was brought into it`,
    retryable: true,
  });
}

async function look(assembling: Assembling): Promise<SwarmView> {
  const { self, others } = assembling;
  const [own, ...all] = await Promise.all([lookAt(self, assembling), ...others.map((host) => lookAtOther(host, assembling))]);
  if (!own) throw new ClockerError('internal', { message: `${self.name} was not looked at` });
  const rest = all.filter((one) => one !== null);
  const unheard = others.filter(({ id }) => !rest.some((one) => one.id === id)).map(({ name, address }) => ({ name, address }));
  const hosts = { self: own, others: rest, away: [...assembling.away, ...unheard] };
  const managers = [self, ...others].filter(({ id }) => {
    const seen = [own, ...rest].find((one) => one.id === id);
    // One that has no quorum does not know its labels, and does not answer either.
    return seen?.isLabelled === true && isOurs(seen, hosts);
  });
  const told = await Promise.all(managers.map(async ({ id, swarm }) => ({ id, answer: await ask(swarm) })));
  const chosen = told.flatMap(({ id, answer }) => (answer ? [{ id, ...answer }] : [])).toSorted(byMostNodes)[0];
  if (!chosen) return { ...hosts, control: null, nodes: [], overlays: [] };
  const overlays = chosen.overlays.filter(({ labels }) => isOfCloud(labels, assembling));
  return { ...hosts, control: chosen.id, nodes: chosen.nodes, overlays };
}

/** From each host the same one is seen, should there ever be two Swarms: those of the other then leave it. */
function byMostNodes(a: Told, b: Told): number {
  const ready = ({ nodes }: Told): number => nodes.filter(({ isReady }) => isReady).length;
  return ready(b) - ready(a) || (a.id < b.id ? -1 : 1);
}

function isOfCloud(labels: Readonly<Record<string, string>>, { planeId, cloudId }: Assembling): boolean {
  return labels[PLANE] === planeId && labels[CLOUD] === cloudId;
}

async function lookAt({ swarm, shell, ...host }: AssemblyHost, assembling: Assembling): Promise<SwarmHost> {
  const state = await swarm.state();
  const { mark, isKept } = await readMark(shell, assembling.planeId, state.folder);
  const isLabelled = state.isManager && state.labels !== null ? isOfCloud(state.labels, assembling) : null;
  return { ...host, state, mark, isBetween: state.kind === 'inactive' && isKept, isLabelled };
}

/** Null where it does not answer: it is away, although that was not noticed yet. */
async function lookAtOther(host: AssemblyHost, assembling: Assembling): Promise<SwarmHost | null> {
  try {
    return await lookAt(host, assembling);
  } catch (error) {
    if (isClockerError(error) && error.code.startsWith('host.')) return null;
    throw error;
  }
}

interface Answer {
  readonly nodes: readonly SwarmNode[];
  readonly overlays: readonly OverlayView[];
}

type Told = Answer & { readonly id: string };

/** Null where the manager has no quorum. */
async function ask(swarm: DockerSwarm): Promise<Answer | null> {
  try {
    return { nodes: await swarm.nodes(), overlays: await swarm.overlays() };
  } catch (error) {
    if (isClockerError(error) && error.code === 'engine.refused') return null;
    throw error;
  }
}

/** What is done through engines is held back as scripts are. Errors: conflict.stale. */
async function requireLatest(changing: RootShell): Promise<void> {
  await changing.run(':');
}

async function perform({ planeId, cloudId, self, changing, others }: Assembling, step: SwarmStep): Promise<void> {
  const by = (id: string): DockerSwarm => {
    const found = [self, ...others].find((host) => host.id === id);
    if (!found) throw new ClockerError('internal', { message: 'A manager is no host of the cloud' });
    return found.swarm;
  };
  const { swarm, address } = self;
  const labels = { [PLANE]: planeId, [CLOUD]: cloudId };
  await requireLatest(changing);
  switch (step.kind) {
    case 'init':
      await writeMark(changing, planeId, null);
      await swarm.init({ address, labels });
      return;
    case 'join': {
      const token = await by(step.by).joinToken();
      await writeMark(changing, planeId, null);
      await swarm.join({ address, managers: step.managers, token });
      return;
    }
    case 'mark':
      return await writeMark(changing, planeId, (await swarm.state()).nodeId);
    case 'recover':
      return await by(step.by).recover({ address: [self, ...others].find(({ id }) => id === step.by)?.address ?? address, labels });
    case 'leave':
      return await swarm.leave({ force: step.force });
    case 'unmark':
      return await removeMark(changing, planeId, step.keepsBridge ? 'keep' : 'own');
    case 'role':
      return await by(step.by).changeRole(step.nodeId, step.role);
    case 'forget':
      return await by(step.by).removeNode(step.nodeId);
  }
}

function textOf({ self }: Assembling, step: SwarmStep): string {
  switch (step.kind) {
    case 'init':
      return `Start a Swarm on ${self.name}`;
    case 'join':
      return `Have ${self.name} join the Swarm`;
    case 'mark':
      return `Note which node of the Swarm ${self.name} is`;
    case 'recover':
      return 'Have one manager go on alone, as the others are gone';
    case 'leave':
      return `Have ${self.name} leave the Swarm`;
    case 'unmark':
      return `Take away what Swarm has left on ${self.name}`;
    case 'role':
      return step.role === 'manager' ? 'Make a host a manager of the Swarm' : 'Make a manager of the Swarm a worker';
    case 'forget':
      return 'Forget a node of the Swarm that is gone';
  }
}

async function makeNetworks(
  { planeId, cloudId, self, changing, others, networks }: Assembling,
  view: SwarmView,
  isEncrypted: IsEncrypted,
): Promise<readonly SdnStep[]> {
  const control = [self, ...others].find(({ id }) => id === view.control);
  const missing = networks.filter(({ vni }) => !view.overlays.some(({ name }) => name === overlayName(vni)));
  if (missing.length > 0 && !control)
    throw new ClockerError('network.refused', { message: 'No manager of the Swarm answers', retryable: true });
  if (missing.length > 0) await requireLatest(changing);
  const labels = { [PLANE]: planeId, [CLOUD]: cloudId };
  for (const network of missing) await control?.swarm.createOverlay({ ...toOverlay(network), isEncrypted: isEncrypted(network), labels });
  return missing.map(({ id, vni }) => ({ networkId: id, text: `Make overlay network ${overlayName(vni)}` }));
}

function toOverlay({ vni, subnet, mtu }: HostNetwork) {
  return { name: overlayName(vni), vni, subnet, range: fenceOf(subnet), gateway: fenceGateway(subnet), underlayMtu: mtu + VXLAN_BYTES };
}

/** Without one nobody knows which overlay networks are left: there may be some as long as there may be a Swarm. */
function requireManager(view: SwarmView): void {
  const mayBeOne = view.away.length > 0 || [view.self, ...view.others].some((host) => isOurs(host, view));
  if (view.control !== null || !mayBeOne) return;
  throw new ClockerError('network.refused', { message: 'No manager of the Swarm answers', hint: 'It is tried again.', retryable: true });
}

/** Errors: engine.refused, retryable, while Swarm still takes a container for attached. */
async function dropNetworks({ self, changing, others, inUse }: Assembling, view: SwarmView): Promise<readonly SdnStep[]> {
  const control = [self, ...others].find(({ id }) => id === view.control);
  const kept = new Set(inUse.map(overlayName));
  const left = view.overlays.filter(({ name }) => !kept.has(name));
  if (left.length > 0) await requireLatest(changing);
  for (const { id } of left) await control?.swarm.removeOverlay(id);
  return left.map(({ name }) => ({ text: `Remove overlay network ${name}` }));
}
