import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { isCompleted, isEntityUp } from '../entity/service-state.ts';
import { type Condition, type FailureWatchMemory, type FailureWatchSettings, watchFailure } from './failure-watch.ts';

export interface MemberFailureSettings extends FailureWatchSettings {
  readonly onlyIfWasUp: boolean;
  /** By their state: ON_FIRE; otherwise by whether they serve. */
  readonly byState: boolean;
}

export interface MemberFailureMemory extends FailureWatchMemory {
  /** Members that have been up. */
  readonly wereUp?: readonly string[];
}

/** A failure of any member is one of the group, which names those that have failed. */
export function detectMemberFailures(input: AdjunctInput<MemberFailureSettings, MemberFailureMemory>): Decision<MemberFailureMemory> {
  const { config, self, now, read } = input;
  const before = input.memory ?? {};
  const members = self.size === null ? read.children(self.id) : read.members(self.id);
  const wereUp = members.filter((member) => isEntityUp(member) || before.wereUp?.includes(member.id)).map(({ id }) => id);
  const counted = members.filter(({ id, goal }) => goal === 'running' && (!config.onlyIfWasUp || wereUp.some((one) => one === id)));
  const failed = counted.filter((member) => (config.byState ? member.actual === 'ON_FIRE' : !isEntityUp(member) && !isCompleted(member)));
  const condition = conditionOf(failed, members.length);
  const published = read.sensor(self.id, config.failedSensor)?.value;
  const { memory, ...decision } = watchFailure(before, config, { condition, now, published, name: self.name });
  const { wereUp: _, ...timers } = before;
  const next: MemberFailureMemory = { ...(memory ?? timers), wereUp };
  return JSON.stringify(next) === JSON.stringify(before) ? decision : { ...decision, memory: next };
}

function conditionOf(failed: readonly Entity[], count: number): Condition {
  if (failed.length === 0) return { is: 'well', why: `All ${count} members are well` };
  const names = failed.slice(0, 3).map(({ name }) => name);
  return { is: 'failing', why: `${failed.length} of ${count} members have failed: ${names.join(', ')}${failed.length > 3 ? ' …' : ''}` };
}
