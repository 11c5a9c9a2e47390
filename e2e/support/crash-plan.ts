import { inOrderOf } from '../../server/testing/sample-of.ts';
import { NEEDS, PHASES, type PhaseName } from './crash-scenario.ts';

/** A place in a durable step at which the process is made to die, and the phase in which it is. */
interface CrashCase {
  readonly phase: PhaseName;
  /** `instance.create:after-act`; null for a phase that is only gone through. */
  readonly point: string | null;
}

/** Cases that one application goes through, in order. */
type CrashRound = readonly CrashCase[];

/**
 * Every point once, in a phase in which it occurs, dealt out so that as few applications as possible are needed. A sample takes
 * `count` points by hash of the seed.
 */
export function planRounds(
  learned: ReadonlyMap<PhaseName, readonly string[]>,
  sample: { readonly seed: string; readonly count: number } | null,
): readonly CrashRound[] {
  const all = [...new Set([...learned.values()].flat())].sort();
  const chosen = sample ? inOrderOf(sample.seed, all).slice(0, sample.count) : all;
  const dealt = new Map<PhaseName, string[]>(PHASES.map((phase) => [phase, []]));
  // Points that occur in one phase only come first: the others fill up where there is room.
  const phasesOf = (point: string) => PHASES.filter((phase) => learned.get(phase)?.includes(point));
  for (const point of [...chosen].sort((a, b) => phasesOf(a).length - phasesOf(b).length)) {
    const [emptiest] = phasesOf(point).sort((a, b) => (dealt.get(a)?.length ?? 0) - (dealt.get(b)?.length ?? 0));
    if (emptiest) dealt.get(emptiest)?.push(point);
  }
  const count = Math.max(...[...dealt.values()].map((points) => points.length));
  return Array.from({ length: count }, (_, index) => toRound(dealt, index));
}

function toRound(dealt: ReadonlyMap<PhaseName, readonly string[]>, index: number): CrashRound {
  const pointIn = (phase: PhaseName) => dealt.get(phase)?.[index] ?? null;
  const needed = new Set<PhaseName>(['deploy', 'delete']);
  for (const phase of PHASES) {
    if (pointIn(phase) === null) continue;
    for (let one: PhaseName | undefined = phase; one; one = NEEDS[one]) needed.add(one);
  }
  // What is stopped is not restarted.
  if (needed.has('stop') && needed.has('restart')) needed.add('start');
  return PHASES.filter((phase) => needed.has(phase)).map((phase) => ({ phase, point: pointIn(phase) }));
}
