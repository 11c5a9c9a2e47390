import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { LABEL } from '../../server/domain/entity/ownership.ts';
import { type LabHost, SENTINEL } from './lab-hosts.ts';

/** Something that happened to a container of the plane, as the host's own Docker tells it. */
interface ContainerEvent {
  readonly host: string;
  readonly action: 'create' | 'start' | 'die' | 'destroy';
  readonly name: string;
  readonly entityId: string;
  /** Milliseconds since the epoch, with fractions; all lab hosts have the same clock. */
  readonly at: number;
}

export interface ContainerWitness {
  readonly events: readonly ContainerEvent[];
  /** Goes on with a host whose engine was away; what happened before on it is kept. */
  follow(host: LabHost): void;
  /** The host lost its power: what ran there ended without anybody being left to tell. */
  cut(host: string): void;
  /** Nothing of the plane is left: what happened until now concerns nobody any more. */
  forget(): void;
  stop(): void;
}

/** Containers get their files under such a name and never run under it; a creation that finds a whole one is given up then. */
const WORKING_NAME = '.part';

const ACTIONS = ['create', 'start', 'die', 'destroy'] as const;

const line = z.object({
  Action: z.enum(ACTIONS),
  Actor: z.object({ Attributes: z.record(z.string(), z.string()) }),
  timeNano: z.number(),
});

/** Watches the Docker events of hosts without going through the product: what it did is in no other place to be seen. */
export function watchContainers(hosts: readonly LabHost[], planeId: string): ContainerWitness {
  const events: ContainerEvent[] = [];
  const followers = new Map<string, ChildProcess>();

  function follow(host: LabHost): void {
    followers.get(host.name)?.kill('SIGKILL');
    const since = events.reduce((latest, event) => (event.host === host.name ? Math.max(latest, event.at) : latest), Date.now() - 1_000);
    const filters = ACTIONS.flatMap((action) => ['--filter', `event=${action}`]);
    const argv = ['--host', `unix://${host.socketPath}`, 'events', '--since', (since / 1_000).toFixed(6), '--format', '{{json .}}'];
    const labelled = ['--filter', 'type=container', '--filter', `label=${LABEL.plane}=${planeId}`];
    const child = spawn('docker', [...argv, ...labelled, ...filters], { stdio: ['ignore', 'pipe', 'ignore'] });
    followers.set(host.name, child);
    createInterface({ input: child.stdout }).on('line', (text) => note(host.name, text));
  }

  function note(host: string, text: string): void {
    const { Action: action, Actor, timeNano } = line.parse(JSON.parse(text));
    const { name = '', [LABEL.entity]: entityId = '', [SENTINEL]: isStranger } = Actor.Attributes;
    if (isStranger !== undefined) return;
    const at = timeNano / 1e6;
    const known = events.some((event) => event.host === host && event.name === name && event.action === action && event.at === at);
    if (!known) events.push({ host, action, name, entityId, at });
  }

  function cut(host: string): void {
    followers.get(host)?.kill('SIGKILL');
    const names = new Map(events.filter((event) => event.host === host).map((event) => [event.name, event]));
    for (const last of names.values()) events.push({ ...last, action: 'die', at: Date.now() });
  }

  for (const host of hosts) follow(host);
  return {
    cut,
    events,
    follow,
    forget: () => {
      events.length = 0;
    },
    stop: () => {
      for (const child of followers.values()) child.kill('SIGKILL');
    },
  };
}

/** Sentences on what ran twice: a container made or started again under its name, or two of one entity at the same time. */
export function describeDoubles(events: readonly ContainerEvent[], mayOverlap: (entityId: string) => boolean): readonly string[] {
  const running = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  const found: string[] = [];
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1).get(key) ?? 0;
  for (const { host, action, name, entityId } of [...events].sort((a, b) => a.at - b.at)) {
    const live = running.get(entityId) ?? new Set();
    running.set(entityId, live);
    const ends = (counts.get(`die ${name}`) ?? 0) + (counts.get(`destroy ${name}`) ?? 0);
    const times = count(`${action} ${name}`);
    if (action === 'die' || action === 'destroy') live.delete(name);
    if (action === 'create' && !name.endsWith(WORKING_NAME) && times > 1 + (counts.get(`destroy ${name}`) ?? 0))
      found.push(`${name} was created ${times} times`);
    if (action !== 'start') continue;
    if (times > 1 + ends) found.push(`${name} was started ${times} times`);
    const others = [...live].filter((other) => other !== name);
    if (others.length > 0 && !mayOverlap(entityId)) found.push(`${name} was started on ${host} while ${others.join(', ')} ran`);
    live.add(name);
  }
  return found;
}
