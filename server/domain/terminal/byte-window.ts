/** Bytes on their way to somebody who says what was taken. */
export interface ByteWindow {
  /** Counts bytes that were sent. */
  sent(bytes: number): void;
  /** Counts bytes that were taken; more than were sent counts as all of them. */
  taken(bytes: number): void;
  readonly underWay: number;
  /** Resolves when less than the limit is under way, or at the end. */
  room(): Promise<void>;
  /** Nobody takes any more: whoever waits goes on. */
  end(): void;
}

/** @param limit bytes that may be under way before a sender waits */
export function createByteWindow(limit: number): ByteWindow {
  let underWay = 0;
  let over = false;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    if (underWay >= limit && !over) return;
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };
  return {
    sent: (bytes) => {
      underWay += bytes;
    },
    taken: (bytes) => {
      underWay = Math.max(0, underWay - bytes);
      wake();
    },
    get underWay() {
      return underWay;
    },
    room: () => (underWay < limit || over ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    end: () => {
      over = true;
      wake();
    },
  };
}
