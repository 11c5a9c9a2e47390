import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { INPUT_WINDOW_BYTES, OUTPUT_WINDOW_BYTES, type TerminalEnd } from '@/server/domain/terminal/terminal-message.ts';
import { openTerminalSocket } from './terminal-socket.ts';

/** A browser's socket whose other end is the test. */
class OtherEnd {
  static readonly OPEN = 1;
  static last: OtherEnd;
  readyState = 0;
  readonly url: string;
  readonly texts: unknown[] = [];
  bytes = 0;
  onopen: () => void = () => undefined;
  onmessage: (event: { data: unknown }) => void = () => undefined;
  onclose: () => void = () => undefined;
  constructor(url: string) {
    this.url = url;
    OtherEnd.last = this;
  }
  send(data: string | Uint8Array) {
    if (typeof data === 'string') this.texts.push(JSON.parse(data));
    else this.bytes += data.length;
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  tell(message: object) {
    this.onmessage({ data: JSON.stringify(message) });
  }
  close() {
    this.readyState = 3;
    this.onclose();
  }
}

const shown: (() => void)[] = [];
const ends: (TerminalEnd | null)[] = [];
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => vi.stubGlobal('WebSocket', OtherEnd));
afterEach(() => {
  vi.unstubAllGlobals();
  shown.length = 0;
  ends.length = 0;
});

function open() {
  const socket = openTerminalSocket({
    ticket: 'once',
    size: { columns: 80, rows: 24 },
    onOpened: () => undefined,
    onOutput: (_bytes, done) => shown.push(done),
    onEnd: (end) => ends.push(end),
  });
  OtherEnd.last.open();
  return { socket, other: OtherEnd.last };
}

it('shows its ticket in the first message and in no address', () => {
  const { other } = open();
  expect(other.url).not.toContain('once');
  expect(other.texts).toEqual([{ kind: 'open', ticket: 'once', columns: 80, rows: 24 }]);
});

it('sends a long paste only as fast as it is taken', async () => {
  const { socket, other } = open();
  socket.type(new Uint8Array(3 * INPUT_WINDOW_BYTES));
  await settled();
  expect(other.bytes).toBe(INPUT_WINDOW_BYTES);
  other.tell({ kind: 'taken', bytes: INPUT_WINDOW_BYTES });
  await settled();
  expect(other.bytes).toBe(2 * INPUT_WINDOW_BYTES);
});

it('says what was shown once it is on the screen, not before', () => {
  const { other } = open();
  for (let n = 0; n < 8; n += 1) other.onmessage({ data: new ArrayBuffer(OUTPUT_WINDOW_BYTES / 8) });
  expect(other.texts).toHaveLength(1);
  shown[0]?.();
  expect(other.texts.at(-1)).toEqual({ kind: 'taken', bytes: OUTPUT_WINDOW_BYTES / 8 });
});

it('tells an end that was said from a connection that broke, and nothing once it was left', () => {
  const end = { reason: 'exited', code: 0, error: null } as const;
  const said = open();
  said.other.tell({ kind: 'ended', end });
  said.other.close();
  open().other.close();
  open().socket.close();
  expect(ends).toEqual([end, null]);
});
