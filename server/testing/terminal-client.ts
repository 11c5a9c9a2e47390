import { WebSocket } from 'ws';
import { TERMINAL_PATH, type TerminalEnd, type TerminalServerMessage } from '../domain/terminal/terminal-message.ts';

export interface TerminalClient {
  /** All that was printed; its last 64 KiB. */
  readonly text: string;
  readonly bytes: number;
  /** Resolves once it holds `wanted`; rejects after 15 s or when the terminal ended. */
  until(wanted: string | RegExp): Promise<void>;
  type(text: string): void;
  send(message: object): void;
  /** Says that all so far, and all that comes, was shown. */
  takeAll(): void;
  readonly opened: Promise<Extract<TerminalServerMessage, { kind: 'opened' }>>;
  readonly ended: Promise<TerminalEnd>;
  /** Without a goodbye. */
  cut(): void;
}

const KEPT = 65_536;

/** A terminal's socket as a page uses it. It takes nothing until `takeAll` unless `takes`. */
export async function openTerminalClient(
  url: string,
  { token, ticket, takes = true, size = { columns: 80, rows: 24 } }: TerminalClientOptions,
): Promise<TerminalClient> {
  const socket = await connect(url, { authorization: `Bearer ${token}` });
  const opened = Promise.withResolvers<Extract<TerminalServerMessage, { kind: 'opened' }>>();
  const ended = Promise.withResolvers<TerminalEnd>();
  const state = { text: '', bytes: 0, takes, over: false };
  const looks = new Set<() => void>();
  const send = (message: object): void => socket.send(JSON.stringify(message));
  opened.promise.catch(() => undefined);
  const finish = (end: TerminalEnd): void => {
    state.over = true;
    opened.reject(new Error(`never opened: ${end.error?.message ?? end.reason}`));
    ended.resolve(end);
    for (const look of [...looks]) look();
  };
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      state.bytes += data.length;
      state.text = (state.text + data.toString('utf8')).slice(-KEPT);
      if (state.takes) send({ kind: 'taken', bytes: data.length });
      for (const look of [...looks]) look();
      return;
    }
    const message: TerminalServerMessage = JSON.parse(data.toString('utf8'));
    if (message.kind === 'opened') opened.resolve(message);
    if (message.kind === 'ended') finish(message.end);
  });
  socket.on('close', () => finish({ reason: 'closed', code: null, error: null }));
  if (ticket !== null) send({ kind: 'open', ticket, ...size });
  return {
    get text() {
      return state.text;
    },
    get bytes() {
      return state.bytes;
    },
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const fail = (): void => reject(new Error(`never printed ${wanted}: ${JSON.stringify(state.text.slice(-300))}`));
        const timer = setTimeout(fail, 15_000);
        const look = (): void => {
          const found = typeof wanted === 'string' ? state.text.includes(wanted) : wanted.test(state.text);
          if (!found && !state.over) return;
          clearTimeout(timer);
          looks.delete(look);
          if (found) resolve();
          else fail();
        };
        looks.add(look);
        look();
      }),
    type: (text) => socket.send(Buffer.from(text)),
    send,
    takeAll: () => {
      state.takes = true;
      send({ kind: 'taken', bytes: state.bytes });
    },
    opened: opened.promise,
    ended: ended.promise,
    cut: () => socket.terminate(),
  };
}

interface TerminalClientOptions {
  readonly token: string;
  /** Null shows none. */
  readonly ticket: string | null;
  readonly takes?: boolean;
  readonly size?: { readonly columns: number; readonly rows: number };
}

/** 101, or the status with which the upgrade was refused. */
export async function terminalUpgradeStatus(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const socket = await connect(url, headers).catch((error: unknown) => error);
  if (!(socket instanceof WebSocket)) return Number(/\d{3}/.exec(String(socket))?.[0]);
  socket.terminate();
  return 101;
}

function connect(url: string, headers: Readonly<Record<string, string>>): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${TERMINAL_PATH}`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('error', reject);
  });
}
