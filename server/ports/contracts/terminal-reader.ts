import type { Terminal } from '../terminal.ts';

export interface TerminalReader {
  /** All that was printed so far. */
  readonly text: string;
  /** Resolves with it once it holds `wanted`. Rejects after 15 s, or at the end. */
  until(wanted: string | RegExp): Promise<string>;
  type(text: string): Promise<void>;
  /** Resolves at the end of the output; rejects with its error. */
  readonly ended: Promise<void>;
}

/** Somebody at a terminal, for tests. */
export function readTerminal(terminal: Terminal): TerminalReader {
  const state = { text: '', over: false };
  const looks = new Set<() => void>();
  const decoder = new TextDecoder();
  const tell = (): void => {
    for (const look of [...looks]) look();
  };
  const ended = (async () => {
    try {
      for await (const bytes of terminal.output) {
        state.text += decoder.decode(bytes, { stream: true });
        tell();
      }
    } finally {
      state.over = true;
      tell();
    }
  })();
  ended.catch(() => undefined);
  return {
    get text() {
      return state.text;
    },
    ended,
    type: (text) => terminal.write(new TextEncoder().encode(text)),
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const fail = (): void => {
          looks.delete(look);
          reject(new Error(`never printed ${wanted}: ${JSON.stringify(state.text.slice(-500))}`));
        };
        const timer = setTimeout(fail, 15_000);
        const look = (): void => {
          const found = typeof wanted === 'string' ? state.text.includes(wanted) : wanted.test(state.text);
          if (found || state.over) clearTimeout(timer);
          if (found) {
            looks.delete(look);
            resolve(state.text);
          } else if (state.over) fail();
        };
        looks.add(look);
        look();
      }),
  };
}
