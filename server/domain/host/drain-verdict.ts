import type { OwnEnd } from '../entity/own-end.ts';

/** What is known of an entity that has its container on a host which is to be emptied. */
export interface DrainFacts {
  readonly goal: 'running' | 'stopped' | 'destroyed';
  /** Its data is on this host. */
  readonly hasData: boolean;
  /** Only this host has the snapshot that it runs from. */
  readonly hasSnapshot: boolean;
  /** Another that has to be on the same host as this one, and has its data there: `Database, by network back`. Null where there is none. */
  readonly tiedToData: string | null;
  /** It is to run to its end. */
  readonly isJob: boolean;
  readonly end: OwnEnd | null;
}

/** Whether an entity leaves a host that is drained, and what becomes of it; or why it stays. */
export type DrainVerdict = { readonly leaves: true; readonly how: string } | { readonly leaves: false; readonly why: string };

/** Pure. What holds data stays: it would start empty elsewhere. */
export function drainVerdict({ goal, hasData, hasSnapshot, tiedToData, isJob, end }: DrainFacts): DrainVerdict {
  if (goal === 'destroyed') return { leaves: true, how: 'is being deleted' };
  if (hasData) return { leaves: false, why: 'its data is on this host' };
  if (hasSnapshot)
    return { leaves: false, why: "runs from a snapshot that only this host has: push that, or take it back to the blueprint's image" };
  if (tiedToData !== null) return { leaves: false, why: `has to be with the data of ${tiedToData}` };
  if (end !== null) return { leaves: false, why: 'has ended, and its container is kept for its logs: delete it, or run it again' };
  if (isJob && goal === 'running') return { leaves: false, why: 'runs to its end' };
  if (goal === 'stopped') return { leaves: true, how: 'is stopped: its container is removed, and made elsewhere when it is started' };
  return { leaves: true, how: 'starts elsewhere, then stops here' };
}
