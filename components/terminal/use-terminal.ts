'use client';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { TerminalEnd } from '@/server/domain/terminal/terminal-message.ts';
import { makeScreen, type Screen } from './make-screen.ts';
import { openTerminalSocket, type TerminalSocket } from './terminal-socket.ts';
import { describeEnd, retryAfterMs, type TerminalState } from './terminal-state.ts';

export interface UseTerminalOptions {
  /** Asks for a ticket. */
  askTicket: () => Promise<{ readonly ticket: string }>;
  spoken: boolean;
  onLink: (address: string) => void;
  onLeave: () => void;
}

const encoder = new TextEncoder();

/** A shell in the box that `ref` is put on; it is hung up with the component. */
export function useTerminal(options: UseTerminalOptions) {
  const { spoken } = options;
  const [box, setBox] = useState<HTMLElement | null>(null);
  const [state, setState] = useState<TerminalState>({ kind: 'opening' });
  const [round, setRound] = useState(0);
  const screen = useRef<Screen | null>(null);
  const socket = useRef<TerminalSocket | null>(null);
  const askTicket = useEffectEvent(options.askTicket);
  const onLink = useEffectEvent(options.onLink);
  const onLeave = useEffectEvent(options.onLeave);

  useEffect(() => {
    if (!box || round < 0) return;
    const life = new AbortController();
    setState({ kind: 'opening' });
    void hold({
      box,
      spoken,
      signal: life.signal,
      askTicket: () => askTicket(),
      onLink: (address) => onLink(address),
      onLeave: () => onLeave(),
      setState,
      keep: (made, opened) => {
        screen.current = made;
        socket.current = opened;
      },
    });
    return () => life.abort();
  }, [box, round, spoken]);

  return {
    ref: setBox,
    state,
    type: useCallback((text: string) => {
      socket.current?.type(encoder.encode(text));
      screen.current?.terminal.focus();
    }, []),
    again: useCallback(() => setRound((before) => before + 1), []),
  };
}

interface Holding extends Omit<UseTerminalOptions, 'spoken'> {
  readonly box: HTMLElement;
  readonly spoken: boolean;
  readonly signal: AbortSignal;
  readonly setState: (state: TerminalState) => void;
  readonly keep: (screen: Screen, socket: TerminalSocket | null) => void;
}

/** Shells one after the other on one screen, until the component goes or a shell has ended for good. */
async function hold(holding: Holding): Promise<void> {
  const { signal, setState } = holding;
  const screen = await makeScreen(holding);
  signal.addEventListener('abort', () => screen.dispose());
  if (signal.aborted) return screen.dispose();
  screen.terminal.focus();
  for (let attempt = 0; !signal.aborted; ) {
    const { end, wasOpen, idleMs } = await oneShell(screen, holding);
    if (signal.aborted) return;
    // A server that stops is started again, as a rule.
    if (end && end.reason !== 'server-stops') return setState(describeEnd(end, idleMs));
    attempt = wasOpen ? 1 : attempt + 1;
    const waitMs = retryAfterMs(attempt);
    if (waitMs === null) {
      return setState({ kind: 'ended', text: 'The connection is lost. What ran in the shell was ended.', error: null });
    }
    setState({ kind: 'lost', attempt });
    if (wasOpen) screen.terminal.write(note(screen, 'The connection was lost and its shell was ended. This is a new one:'));
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

interface ShellOutcome {
  /** Null where the connection broke. */
  readonly end: TerminalEnd | null;
  readonly wasOpen: boolean;
  readonly idleMs: number;
}

async function oneShell(screen: Screen, holding: Holding): Promise<ShellOutcome> {
  const { terminal } = screen;
  let ticket: string;
  try {
    ({ ticket } = await holding.askTicket());
  } catch (error) {
    const view = toErrorView(error);
    // The server cannot be reached: as with a connection that is lost.
    const end: TerminalEnd | null = view.code === 'deadline' ? null : { reason: 'refused', code: null, error: view };
    return { end, wasOpen: false, idleMs: 0 };
  }
  return await new Promise<ShellOutcome>((resolve) => {
    let opened = { wasOpen: false, idleMs: 0 };
    screen.fit();
    const socket = openTerminalSocket({
      ticket,
      size: { columns: terminal.cols, rows: terminal.rows },
      onOpened: ({ title, idleMs }) => {
        opened = { wasOpen: true, idleMs };
        holding.setState({ kind: 'open', title, idleMs });
      },
      onOutput: (bytes, shown) => terminal.write(bytes, shown),
      onEnd: (end) => {
        for (const each of listening) each.dispose();
        resolve({ end, ...opened });
      },
    });
    const listening = [
      terminal.onData((text) => socket.type(encoder.encode(text))),
      terminal.onBinary((text) => socket.type(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))),
      terminal.onResize(({ cols, rows }) => socket.resize({ columns: cols, rows })),
    ];
    holding.keep(screen, socket);
    holding.signal.addEventListener('abort', () => {
      socket.close();
      resolve({ end: null, ...opened });
    });
  });
}

/** Where there is no other screen to leave, this would send the cursor home. */
const LEAVE_SCREEN = '\x1b[?1049l';
const UNDO = '\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[!p\x1b[?25h';

/** A line of ours. What the last program has set is undone first: its screen, its mouse, its way of pasting. */
function note({ terminal }: Screen, text: string): string {
  const leave = terminal.buffer.active.type === 'alternate' ? LEAVE_SCREEN : '';
  return `${leave}${UNDO}\r\n\x1b[2m── ${text} ──\x1b[0m\r\n`;
}
