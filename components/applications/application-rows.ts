import type { LiveTables } from '@/components/live/live-state.ts';
import { matchesWords } from '@/components/ui/matches-words.ts';
import { entityLook, lifecycleLook, type StateLook, TONE_ORDER } from '@/components/ui/state-look.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import { type LastKnown, lastKnownOf } from '@/server/domain/entity/last-known.ts';

/** One line of the list of applications. */
export interface ApplicationRow {
  readonly application: Application;
  readonly look: StateLook;
  /** Why it is not simply RUNNING: the first problem, or what it waits for. */
  readonly note: string;
  readonly up: number;
  readonly total: number;
  readonly hosts: readonly Pick<Host, 'id' | 'name'>[];
  readonly root: Entity | undefined;
  readonly updating: boolean;
}

/** Worst state first, then by name. `filter` matches name, state, host and location. */
export function applicationRows(tables: LiveTables, filter: string): readonly ApplicationRow[] {
  const members = new Map<string, Entity[]>();
  const parents = new Set<string>();
  for (const entity of tables.entity.values()) if (entity.parentId) parents.add(entity.parentId);
  for (const entity of tables.entity.values()) {
    const isMember = entity.parentId !== null && !parents.has(entity.id) && entity.spec.memberSpec === null;
    if (!isMember || entity.goal === 'destroyed') continue;
    const own = members.get(entity.applicationId);
    if (own) own.push(entity);
    else members.set(entity.applicationId, [entity]);
  }
  const hosts = hostsByApplication(tables);
  return [...tables.application.values()]
    .map((application) => toRow(application, members.get(application.id) ?? [], hosts.get(application.id) ?? [], tables))
    .filter((row) => matches(row, filter))
    .sort((a, b) => rank(a) - rank(b) || a.application.name.localeCompare(b.application.name));
}

function toRow(application: Application, members: readonly Entity[], hosts: ApplicationRow['hosts'], tables: LiveTables): ApplicationRow {
  const root = tables.entity.get(application.rootId);
  const lastKnown = lastKnownOf(application.rootId, tables);
  const rollout = application.rolloutId ? tables.rollout.get(application.rolloutId) : undefined;
  return {
    application,
    root,
    look: root ? entityLook(root, lastKnown) : lifecycleLook('CREATED'),
    note: noteOf(root, members) || unknownNote(lastKnown),
    up: members.filter((member) => member.actual === 'RUNNING').length,
    total: members.length,
    hosts,
    updating: rollout?.state === 'running' || rollout?.state === 'reverting',
  };
}

function noteOf(root: Entity | undefined, members: readonly Entity[]): string {
  const asked = members.find((member) => member.question);
  if (asked) return `${asked.name} asks for a decision`;
  const burning = members.find((member) => member.actual === 'ON_FIRE');
  const problem = Object.values(burning?.problems ?? {})[0];
  if (burning) return problem ? `${burning.name}: ${problem}` : `${burning.name} is on fire`;
  const waiting = members.find((member) => member.waitingFor && member.actual !== 'RUNNING' && member.goal === 'running');
  if (waiting) return `${waiting.name} waits for ${waiting.waitingFor}`;
  return Object.values(root?.problems ?? {})[0] ?? '';
}

function unknownNote(lastKnown: LastKnown | null): string {
  return lastKnown ? `${lastKnown.unknown} of ${lastKnown.total} containers on hosts that do not answer` : '';
}

function hostsByApplication(tables: LiveTables): ReadonlyMap<string, ApplicationRow['hosts']> {
  const found = new Map<string, Map<string, Host>>();
  for (const instance of tables.instance.values()) {
    const host = tables.host.get(instance.hostId);
    if (!host || instance.state === 'removing') continue;
    const own = found.get(instance.applicationId) ?? new Map<string, Host>();
    found.set(instance.applicationId, own.set(host.id, host));
  }
  return new Map([...found].map(([id, hosts]) => [id, [...hosts.values()].sort((a, b) => a.order - b.order)]));
}

function matches(row: ApplicationRow, filter: string): boolean {
  return matchesWords(filter, [row.application.name, row.look.text, row.application.location, ...row.hosts.map((host) => host.name)]);
}

function rank(row: ApplicationRow): number {
  const busyOrQuiet = TONE_ORDER.indexOf(row.look.tone);
  return busyOrQuiet <= TONE_ORDER.indexOf('warn') ? busyOrQuiet : TONE_ORDER.length;
}
