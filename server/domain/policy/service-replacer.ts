import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { failureKey } from './failure-watch.ts';
import { describe } from './service-restarter.ts';

export interface ReplacerSettings {
  readonly failureSensor: string;
  /** So many replacements that failed within this time stop it. Milliseconds. */
  readonly windowMs: number;
  readonly mostFailures: number;
  readonly setOnFire: boolean;
}

export interface ReplacerMemory {
  /** By member: the failure that it was replaced for, and since when; a replacement that failed has an end. */
  readonly tries: Readonly<Record<string, Try>>;
  /** When replacements failed, milliseconds since the epoch. */
  readonly failures: readonly number[];
  /** Members that have come in the place of others within the window, and when: one that fails too is a replacement that failed. */
  readonly placed: Readonly<Record<string, number>>;
  /** It has given up, and tries nothing until then; milliseconds since the epoch. */
  readonly restsUntil?: number;
}

interface Try {
  readonly failure: string;
  readonly at: number;
  readonly failedAt?: number;
  /** The member that comes in its place. */
  readonly by?: string;
  /** It had come in the place of another itself: that it goes is no success. */
  readonly again?: true;
}

/** What the replacer says when it gives up. */
export const REPLACEMENT_FAILED = 'ha.entityFailed.replacement';
const PROBLEM = 'replacer';
/** A replacement that failed is tried again after this. Milliseconds. */
const AGAIN_MS = 30_000;

type Input = AdjunctInput<ReplacerSettings, ReplacerMemory>;

/**
 * Brooklyn's ServiceReplacer: a member that is given up gets another in its place, one member at a time. A replacement that fails is tried
 * again after a while; too many of them stop it until they are long enough ago. One that is done clears the count, unless it fails soon itself.
 */
export function decideReplacement(input: Input): Decision<ReplacerMemory> {
  const { config, self, now, read } = input;
  const before = input.memory ?? { tries: {}, failures: [], placed: {} };
  const members = read.members(self.id);
  const memory = judge(input, before, members);
  const changed = JSON.stringify(memory) === JSON.stringify(before) ? {} : { memory };
  const underWay = members.find(({ replacedBy }) => replacedBy !== undefined);
  if (underWay) return { ...changed, highlight: { level: 'acts', text: `Waits for the member in the place of ${underWay.name} to be up` } };

  const failing = members.flatMap((member) => failureOf(input, member, memory));
  const due = failing.find(({ dueAt }) => dueAt <= now);
  const recent = memory.failures.filter((at) => at > now - config.windowMs);
  if (failing.length === 0) return { ...changed, ...whileWell(input, memory, before) };
  const { restsUntil = 0 } = memory;
  if (now < restsUntil) return giveUp(input, memory, restsUntil);
  if (recent.length >= config.mostFailures) return giveUp(input, { ...memory, failures: [] }, now + config.windowMs);
  if (due === undefined) {
    const at = Math.min(...failing.map(({ dueAt }) => dueAt));
    const text = `The replacement failed; it is tried again in ${Math.max(1, Math.round((at - now) / 1000))} s`;
    return { ...changed, highlight: { level: 'failed', text }, lookAgainAt: at };
  }
  const { member, failure, what } = due;
  const why = `Replace ${member.name}: ${what}`;
  const isAgain = memory.placed[member.id] !== undefined;
  const one: Try = { failure, at: now, ...(isAgain ? { again: true } : {}) };
  const failures = isAgain && memory.tries[member.id] === undefined ? [...recent, now] : recent;
  return {
    memory: { ...memory, failures, tries: { ...memory.tries, [member.id]: one } },
    highlight: { level: 'acts', text: why },
    actions: [{ kind: 'effector', entityId: self.id, effector: 'replaceMember', parameters: { memberId: member.id }, why }],
  };
}

/** What became of what it has begun: a member that is there still, and is not being replaced any more, is a replacement that failed. */
function judge({ now, config, read }: Input, before: ReplacerMemory, members: readonly Entity[]): ReplacerMemory {
  const tries: Record<string, Try> = {};
  const placed: Record<string, number> = Object.fromEntries(Object.entries(before.placed).filter(([, at]) => at > now - config.windowMs));
  let { failures } = before;
  for (const [id, one] of Object.entries(before.tries)) {
    const member = members.find((other) => other.id === id);
    if (!member) {
      if (one.by !== undefined) placed[one.by] = now;
      if (!one.again) failures = [];
      continue;
    }
    const by = member.replacedBy;
    const isOver = by === undefined && failureKey(read.sensor(id, config.failureSensor)?.value) === null;
    if (isOver) continue;
    const hasFailed = by === undefined && one.failedAt === undefined;
    if (hasFailed) failures = [...failures, now];
    tries[id] = hasFailed ? { ...one, failedAt: now } : by === undefined ? one : { ...one, by };
  }
  return { ...before, tries, failures, placed };
}

interface Failing {
  readonly member: Entity;
  readonly failure: string;
  readonly what: string;
  readonly dueAt: number;
}

function failureOf({ read, config }: Input, member: Entity, { tries }: ReplacerMemory): readonly Failing[] {
  const value = read.sensor(member.id, config.failureSensor)?.value;
  const failure = failureKey(value);
  if (failure === null || member.goal !== 'running') return [];
  const failedAt = tries[member.id]?.failedAt;
  return [{ member, failure, what: describe(value), dueAt: failedAt === undefined ? 0 : failedAt + AGAIN_MS }];
}

function giveUp({ config, self, memory: before }: Input, memory: ReplacerMemory, restsUntil: number): Decision<ReplacerMemory> {
  const text = `Members of ${self.name} are not replaced any more: ${config.mostFailures} replacements failed within ${config.windowMs / 1000} s`;
  const isNew = JSON.stringify(before) !== JSON.stringify({ ...memory, restsUntil });
  const hint = `Mend what they say, then restart ${self.name}`;
  const problem = { kind: 'problem', entityId: self.id, code: PROBLEM, text: `${text}. ${hint}`, why: text } as const;
  return {
    ...(isNew ? { memory: { ...memory, restsUntil } } : {}),
    highlight: { level: 'failed', text },
    publish: { [REPLACEMENT_FAILED]: { at: restsUntil - config.windowMs, component: self.name, description: text } },
    actions: config.setOnFire && self.problems[PROBLEM] === undefined ? [problem] : [],
    lookAgainAt: restsUntil,
  };
}

/** Nothing has failed: what it has said is taken back. */
function whileWell({ self, read, config }: Input, memory: ReplacerMemory, before: ReplacerMemory): Decision<ReplacerMemory> {
  const isSaid = read.sensor(self.id, REPLACEMENT_FAILED) !== undefined;
  const hasProblem = self.problems[PROBLEM] !== undefined;
  const isChanged = before.failures.length > 0 && memory.failures.length === 0;
  const why = `All members of ${self.name} are well again`;
  return {
    highlight: { level: 'ok', text: `Watches the members of ${self.name}: no ${config.failureSensor}` },
    ...(isSaid ? { publish: { [REPLACEMENT_FAILED]: null } } : {}),
    ...(hasProblem ? { actions: [{ kind: 'problem' as const, entityId: self.id, code: PROBLEM, text: null, why }] } : {}),
    ...(isChanged ? { memory } : {}),
  };
}
