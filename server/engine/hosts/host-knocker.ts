import type { Clock } from '../../ports/clock.ts';

/** Nothing heard for so long is reason to knock. Milliseconds, as all here. */
const SUSPECT_MS = 1_200;
const KNOCK_EVERY_MS = 400;
/** A machine that answers is asked again no sooner. */
const ANSWERED_EVERY_MS = 1_000;
const GONE_EVERY_MS = 2_000;
const KNOCK_DEADLINE_MS = 800;
/** Packets get lost: so many in a row are no chance. */
const UNANSWERED = 2;

export interface HostKnockerOptions {
  readonly clock: Clock;
  /** Null: the machine could not be asked. */
  readonly knock: (timeoutMs: number) => Promise<boolean | null>;
  /** Silence after which a machine that does not answer is gone. */
  readonly goneAfterMs: number;
  /** Silence after which any machine is lost: one that is not gone by then is left in peace. Its sshd logs, and counts, who does not log in. */
  readonly lostAfterMs: number;
  /** The machine answered. */
  readonly onAnswer: () => void;
  /** Whether another host was heard at or after a time, milliseconds since the epoch. */
  readonly othersSpeak: (since: number) => boolean;
}

/** Tells a machine that is gone from one that is busy: the kernel of a busy one answers who dials it. */
export interface HostKnocker {
  /** Silent for long enough, nothing answers at its address, and other hosts are heard. */
  readonly isGone: boolean;
  /** Looks on: nothing was heard for so long. */
  watch(awayMs: number): void;
}

export function createHostKnocker(options: HostKnockerOptions): HostKnocker {
  const { clock, goneAfterMs, lostAfterMs } = options;
  /** When the knocks in a row that nothing answered began: the host was away by then, and who is heard later is not. */
  let unanswered: readonly number[] = [];
  let nextAt = 0;
  /** Knocks that began in a silence that has ended say nothing of the next. */
  let silence = 0;
  let isGone = false;

  async function ask(): Promise<void> {
    const during = silence;
    const startedAt = clock.now();
    const answered = await options.knock(KNOCK_DEADLINE_MS);
    if (answered) options.onAnswer();
    if (during !== silence || answered === null) return;
    unanswered = answered ? [] : [...unanswered, startedAt].slice(0, UNANSWERED);
    if (answered) nextAt = clock.now() + ANSWERED_EVERY_MS;
  }

  return {
    get isGone() {
      return isGone;
    },
    watch(awayMs) {
      const now = clock.now();
      if (awayMs < SUSPECT_MS) {
        if (nextAt > 0) silence += 1;
        unanswered = [];
        nextAt = 0;
        isGone = false;
        return;
      }
      if (now >= nextAt && (isGone || awayMs < lostAfterMs)) {
        nextAt = now + (isGone ? GONE_EVERY_MS : KNOCK_EVERY_MS);
        void ask();
      }
      isGone = unanswered.length === UNANSWERED && awayMs >= goneAfterMs && (isGone || options.othersSpeak(Math.max(...unanswered)));
    },
  };
}
