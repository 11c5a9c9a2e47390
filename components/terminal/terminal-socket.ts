import { createByteWindow, sendInPieces } from '@/server/domain/terminal/byte-window.ts';
import type { TerminalClientMessage } from '@/server/domain/terminal/client-message.ts';
import {
  INPUT_WINDOW_BYTES,
  OUTPUT_WINDOW_BYTES,
  TERMINAL_PATH,
  type TerminalEnd,
  type TerminalPlace,
  type TerminalServerMessage,
} from '@/server/domain/terminal/terminal-message.ts';
import type { TerminalSize } from '@/server/domain/terminal/terminal-size.ts';

/** What was shown is told in pieces of this size, the rest a moment later. */
const TELL_BYTES = OUTPUT_WINDOW_BYTES / 8;
const TELL_AFTER_MS = 30;

export interface TerminalSocketOptions {
  readonly ticket: string;
  readonly size: TerminalSize;
  onOpened(place: TerminalPlace): void;
  /** `shown` is to be called once the bytes are on the screen. */
  onOutput(bytes: Uint8Array, shown: () => void): void;
  /** Once, at the end. Null where the connection broke without a word. */
  onEnd(end: TerminalEnd | null): void;
}

export interface TerminalSocket {
  type(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  /** Hangs up. `onEnd` is not called any more. */
  close(): void;
}

/** One shell: shows its ticket, passes bytes both ways, and sends no more than the shell takes. */
export function openTerminalSocket(options: TerminalSocketOptions): TerminalSocket {
  const socket = new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}${TERMINAL_PATH}`);
  const input = createByteWindow(INPUT_WINDOW_BYTES);
  const shown = countShown((bytes) => send({ kind: 'taken', bytes }));
  let end: TerminalEnd | null = null;
  let over = false;
  let typing: Promise<void> = Promise.resolve();
  socket.binaryType = 'arraybuffer';

  function send(message: TerminalClientMessage): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function sendBytes(piece: Uint8Array<ArrayBuffer>): boolean {
    if (over || socket.readyState !== WebSocket.OPEN) return false;
    socket.send(piece);
    return true;
  }

  function onMessage(message: TerminalServerMessage): void {
    if (message.kind === 'opened') options.onOpened(message);
    if (message.kind === 'taken') input.taken(message.bytes);
    if (message.kind === 'ended') end = message.end;
  }

  socket.onopen = () => send({ kind: 'open', ticket: options.ticket, ...options.size });
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (over) return;
    if (typeof data === 'string') onMessage(JSON.parse(data));
    else options.onOutput(new Uint8Array(data), () => shown.add(data.byteLength));
  };
  socket.onclose = () => {
    const wasOver = over;
    finish();
    if (!wasOver) options.onEnd(end);
  };

  function finish(): void {
    over = true;
    input.end();
    shown.stop();
  }

  return {
    type(bytes) {
      typing = typing.then(() => sendInPieces(input, bytes, sendBytes));
    },
    resize: (size) => send({ kind: 'resize', ...size }),
    close() {
      finish();
      socket.close();
    },
  };
}

function countShown(tell: (bytes: number) => void) {
  let waiting = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting > 0) tell(waiting);
    waiting = 0;
  };
  return {
    add(bytes: number): void {
      waiting += bytes;
      if (waiting >= TELL_BYTES) flush();
      else timer ??= setTimeout(flush, TELL_AFTER_MS);
    },
    stop(): void {
      clearTimeout(timer);
    },
  };
}
