import { LOOP_FAILURES } from '../entity/crash-back-off.ts';
import type { Entity } from '../entity/entity.ts';

/** Problems that say by themselves that a start has failed. What its host, a registry or a person has yet to give is none of them. */
const OF_A_START: readonly string[] = ['crash-loop', 'not-ready', 'ended'];

/**
 * Why a member that has not been up for some seconds yet will not be; null while that is open. `parts`: the member and all below it. A first
 * failure is no failed start: it is tried `LOOP_FAILURES` times in a row, unless its time is over or its restart policy leaves it ended.
 */
export function failedStart(member: Entity, parts: readonly Entity[]): string | null {
  if (member.goal !== 'running' || member.actual !== 'ON_FIRE' || member.settled === true) return null;
  for (const part of parts) {
    const problem = Object.entries(part.problems).find(
      ([code]) => OF_A_START.includes(code) || (isOwn(code) && part.crash.failures >= LOOP_FAILURES),
    );
    if (problem) return problem[1];
  }
  return null;
}

/** Problems of others' making that may stand beside failures of its own. */
function isOwn(code: string): boolean {
  return !['host', 'question', 'members', 'placement', 'pull', 'prefetch', 'network'].includes(code);
}
