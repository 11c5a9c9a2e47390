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

/** Of one message; a window holds several. */
const PIECE_BYTES = 16 * 1024;

/** Sends bytes in pieces, each once there is room for it. `send` gives false where nobody takes them any more. */
export async function sendInPieces(
  window: Pick<ByteWindow, 'room' | 'sent'>,
  bytes: Uint8Array,
  send: (piece: Uint8Array<ArrayBuffer>) => boolean,
): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    await window.room();
    const piece = bytes.slice(at, at + PIECE_BYTES);
    if (!send(piece)) return;
    window.sent(piece.length);
  }
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
