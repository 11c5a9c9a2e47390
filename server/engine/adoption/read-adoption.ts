import type { AdoptionFinding } from '../../domain/adoption/adoption-findings.ts';
import { COMPOSE_LABEL } from '../../domain/adoption/adoption-names.ts';
import { type AdoptedMember, type AdoptionSource, planAdoption } from '../../domain/adoption/plan-adoption.ts';
import type { Host } from '../../domain/entity/host.ts';
import { readOwnership, wholeName } from '../../domain/entity/ownership.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { ContainerSummary } from '../../ports/docker-engine.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { ownershipCheck } from '../hosts/ownership-check.ts';
import { requireReady } from '../hosts/require-ready.ts';
import { isPortTaken, portLeaseId } from '../leases.ts';

const AT_MOST = 100;

export interface AdoptionInput {
  readonly hostId: HostId;
  readonly source: AdoptionSource;
  /** Of the application; that of the container or project unless given. */
  readonly name?: string | undefined;
}

/** What would become of containers that others made. */
export interface Adoption {
  readonly host: Host;
  readonly name: string;
  /** CAMP; null where none could be made. Holds what stands in the environment of containers. */
  readonly text: string | null;
  /** It reaches the host, and wants to be allowed that. */
  readonly needsHostAccess: boolean;
  readonly members: readonly AdoptedMember[];
  /** With an error nothing is adopted. */
  readonly findings: readonly AdoptionFinding[];
}

type Context = Pick<EngineContext, 'hosts' | 'secrets' | 'store' | 'planner' | 'clock'>;

/**
 * Looks at containers of a host and changes nothing. What keeps them from being adopted is a finding.
 * @throws ClockerError not-found (host, container, project) | host.unreachable | conflict (they are ours) | input.invalid (too many)
 */
export async function readAdoption(context: Context, { hostId, source, name }: AdoptionInput, signal?: AbortSignal): Promise<Adoption> {
  const host = context.store.view.get('host', hostId);
  if (!host) throw new ClockerError('not-found', { message: `There is no host ${hostId}` });
  const { engine } = requireReady(context, hostId, 'Its containers can be adopted once it is.');
  const options = signal ? { signal } : {};
  const found = (await engine.listContainers(options)).filter((container) => isMeant(container, source));
  requireForeign(context, host, source, found);
  const described = await Promise.all(found.map(({ id }) => engine.describeContainer(id, options)));
  const containers = described.flatMap((container) => container ?? []);
  const plan = planAdoption(source, containers, { cgroupVersion: host.facts?.cgroupVersion ?? '2' });
  const converted = await context.planner.convert({ text: plan.compose, file: 'compose.yaml', hostAccess: true }, 'camp');
  const application = name ?? plan.name;
  const told = converted.diagnostics.map(({ severity, path, message, hint }): AdoptionFinding => {
    return { severity, where: path, message, ...(hint === undefined ? {} : { hint }) };
  });
  return {
    host,
    name: application,
    text: converted.text,
    needsHostAccess: converted.diagnostics.some(({ code }) => code === 'host-access-allowed'),
    members: plan.members,
    findings: [
      ...nameFindings(context.store.view, application),
      ...plan.findings,
      ...portFindings(context, host, plan.members),
      ...told,
    ].sort(bySeverity),
  };
}

function isMeant({ id, name, labels }: ContainerSummary, source: AdoptionSource): boolean {
  return source.kind === 'project' ? labels[COMPOSE_LABEL.project] === source.name : name === source.name || id === source.name;
}

function requireForeign({ secrets, store }: Context, host: Host, { kind, name }: AdoptionSource, found: readonly ContainerSummary[]): void {
  if (found.length === 0) {
    const what = kind === 'project' ? `no container of a Compose project ${name}` : `no container ${name}`;
    throw new ClockerError('not-found', {
      message: `There is ${what} on ${host.name}`,
      hint: 'Names are those that “docker ps --all” shows.',
    });
  }
  if (found.length > AT_MOST)
    throw new ClockerError('input.invalid', { message: `${name} has ${found.length} containers; at most ${AT_MOST} are adopted` });
  const adopted = new Set(store.view.instancesOn(host.id).map((instance) => instance.adopted?.containerId));
  const check = ownershipCheck(secrets);
  const own = found.find(
    (container) => adopted.has(container.id) || readOwnership(wholeName(container.name), container.labels, check) !== null,
  );
  if (own) throw new ClockerError('conflict', { message: `${own.name} on ${host.name} belongs to an application of Clocker already` });
}

function nameFindings(view: StoreView, name: string): readonly AdoptionFinding[] {
  const other = [...view.all('application').values()].some((application) => application.name === name);
  if (!other) return [];
  return [{ severity: 'error', where: 'name', message: `There is an application ${name} already.`, hint: 'Give this one another name.' }];
}

/** A port that is promised to a container of ours, one that is stopped or on its way, cannot be another's. */
function portFindings({ store, clock }: Context, host: Host, members: readonly AdoptedMember[]): readonly AdoptionFinding[] {
  const now = clock.now();
  return members.flatMap(({ container }) =>
    container.ports
      .filter((port) => isPortTaken(store.view, portLeaseId(host.id, port), { ownerId: null, now }))
      .map((port): AdoptionFinding => {
        const message = `${container.name}: port ${port.host}/${port.protocol} of ${host.name} is leased to a container of Clocker.`;
        return { severity: 'error', where: container.name, message, hint: 'Delete that, or give it another port.' };
      }),
  );
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

function bySeverity(one: AdoptionFinding, other: AdoptionFinding): number {
  return RANK[one.severity] - RANK[other.severity];
}
