import { crashPoint } from './crash-point.ts';

export interface DurableStep<Outcome, Recorded> {
  /** `instance.create`, `volume.remove` …: stable, crash tests name it. */
  readonly name: string;
  /** Commits what will be done. Left out where a record says so already. */
  readonly intend?: () => Promise<unknown>;
  /** What an earlier try may have left: its outcome, or null when there is nothing to adopt. */
  readonly look?: () => Promise<Outcome | null>;
  /** Does it. May be called again after a crash, so it must tolerate being half done. */
  readonly act: () => Promise<Outcome>;
  /** Commits the outcome. */
  readonly record: (outcome: Outcome) => Promise<Recorded>;
}

/** Intent → look → act → record: the only way to change something outside the store. A crash between any two of them is healed by `look`. */
export async function durableStep<Outcome, Recorded>(step: DurableStep<Outcome, Recorded>): Promise<Recorded> {
  crashPoint(step.name, 'before-intent');
  await step.intend?.();
  crashPoint(step.name, 'after-intent');
  const outcome = (await step.look?.()) ?? (await step.act());
  crashPoint(step.name, 'after-act');
  const recorded = await step.record(outcome);
  crashPoint(step.name, 'after-record');
  return recorded;
}

/** A step that changes nothing but the store: intent and record are one commit. */
export async function durableCommit<Result>(name: string, commit: () => Promise<Result>): Promise<Result> {
  crashPoint(name, 'before-intent');
  const result = await commit();
  crashPoint(name, 'after-record');
  return result;
}
