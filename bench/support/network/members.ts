import { CLOUD } from '../../../e2e/support/api.ts';
import type { EntityId, HostId } from '../../../server/domain/shared/ids.ts';
import { type BenchConsole, whenEntities } from '../bench-console.ts';
import { BUSYBOX, rawEngine } from '../raw-engine.ts';
import type { BenchMachine } from './bench-machine.ts';
import type { WayEnd } from './traffic.ts';

export interface Deployed {
  readonly console: BenchConsole;
  readonly machines: readonly BenchMachine[];
  readonly applicationId: Awaited<ReturnType<BenchConsole['api']['application']['deploy']['mutate']>>['applicationId'];
}

/** A container on a network. */
export interface Member extends WayEnd {
  readonly entityId: EntityId;
  readonly hostId: HostId;
}

/**
 * `first` on one host, `second` and `joiner` on the other, `mover` on either. All are on `back`; `side` has a part on both hosts and `joiner` not on it,
 * `far` has none on the host of `joiner`.
 */
const BLUEPRINT = `name: bench-network
services:
${service('first', '[back, side, far]')}
${service('second', '[back, side]', 'affinity.rules: [NOT NAME first]')}
${service('joiner', '[back]', 'affinity.rules: [NOT NAME first]')}
${service('mover', '[back]', 'docker.container.keepAddress: true')}
`;

function service(name: string, networks: string, ...more: readonly string[]): string {
  const own = [
    'docker.image.commands: [sh, -c, "trap \'exit 0\' TERM; while :; do sleep 0.1; done"]',
    `docker.container.networks: ${networks}`,
    'stop.timeout: 1s',
    ...more,
  ];
  const config = own.map((line) => `    ${line}`).join('\n');
  return `- type: docker:${BUSYBOX}\n  id: ${name}\n  name: ${name}\n  brooklyn.config:\n${config}`;
}

/** Deploys the application of the bench and waits until all of it runs. @throws Error where it does not before `signal` */
export async function deployMembers({ console, machines }: Pick<Deployed, 'console' | 'machines'>, signal: AbortSignal): Promise<Deployed> {
  const { applicationId } = await console.api.application.deploy.mutate({ text: BLUEPRINT, location: CLOUD });
  const isUp = (all: ReadonlyMap<string, { readonly actual: string }>): boolean =>
    all.size === 5 && [...all.values()].every(({ actual }) => actual === 'RUNNING');
  await whenEntities(console, signal, isUp);
  return { console, machines, applicationId };
}

/** The container of an entity where a network has it. @throws Error where it is not on it */
export async function findMember({ console: { api }, machines, applicationId }: Deployed, name: string, network: string): Promise<Member> {
  const { entities } = await api.application.get.query({ applicationId });
  const entityId = entities.find((one) => one.name === name)?.id;
  const found = (await api.network.list.query()).find((one) => one.name === network && one.applicationId === applicationId);
  const member = found?.members.find((one) => one.entityId === entityId);
  const host = (await api.host.list.query()).find(({ id }) => id === member?.hostId);
  const machine = machines.find((one) => one.name === host?.name);
  if (!member || !machine || member.address === null) throw new Error(`${name} is not on ${network}`);
  const docker = rawEngine(machine.socketPath);
  const [container] = await docker.listContainers({ filters: { label: [`io.clocker.entity=${member.entityId}`] } });
  const pid = container && (await docker.getContainer(container.Id).inspect()).State.Pid;
  if (!pid) throw new Error(`${name} does not run on ${machine.name}`);
  const { hostId, address } = member;
  return { entityId: member.entityId, hostId, machine, namespace: `/proc/${pid}/ns/net`, address };
}

/** An address of a network that nobody has been given yet. */
export async function addressOn({ console: { api }, applicationId }: Deployed, network: string, last: number): Promise<string> {
  const found = (await api.network.list.query()).find((one) => one.name === network && one.applicationId === applicationId);
  if (!found?.subnet) throw new Error(`${network} has no addresses of its own`);
  return found.subnet.replace(/\d+\/.*$/, String(last));
}
