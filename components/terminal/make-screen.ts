import type { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';
import { terminalTheme } from './terminal-theme.ts';

const SCROLLBACK_LINES = 5_000;

export interface Screen {
  readonly terminal: Terminal;
  /** Makes it as large as its box. */
  fit(): void;
  dispose(): void;
}

export interface ScreenOptions {
  readonly box: HTMLElement;
  /** Screen readers are told what is printed; costs time where a program prints much. */
  readonly spoken: boolean;
  readonly onLink: (address: string) => void;
  /** The key that leads out of the terminal. */
  readonly onLeave: () => void;
}

/** The emulator in a box; its code is loaded with the first terminal. */
export async function makeScreen({ box, spoken, onLink, onLeave }: ScreenOptions): Promise<Screen> {
  const [{ Terminal }, { FitAddon }] = await Promise.all([import('@xterm/xterm'), import('@xterm/addon-fit')]);
  const terminal = new Terminal({
    fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
    fontSize: 12.5,
    lineHeight: 1.25,
    scrollback: SCROLLBACK_LINES,
    screenReaderMode: spoken,
    minimumContrastRatio: 4.5,
    theme: terminalTheme(box),
    // Addresses that a program names are followed only when the person says so, and http alone.
    linkHandler: { activate: (_event, address) => onLink(address), allowNonHttpProtocols: false },
  });
  const fitting: FitAddon = new FitAddon();
  terminal.loadAddon(fitting);
  terminal.open(box);
  terminal.attachCustomKeyEventHandler((event) => onKey(terminal, event, onLeave));
  const stopWatching = watchColors(() => {
    terminal.options.theme = terminalTheme(box);
  });
  const resized = new ResizeObserver(() => fitting.fit());
  resized.observe(box);
  fitting.fit();
  return {
    terminal,
    fit: () => fitting.fit(),
    dispose() {
      resized.disconnect();
      stopWatching();
      terminal.dispose();
    },
  };
}

/** False for keys that are not the program's. */
function onKey(terminal: Terminal, event: KeyboardEvent, onLeave: () => void): boolean {
  if (event.ctrlKey && event.key === 'F6') {
    event.preventDefault();
    if (event.type === 'keydown') onLeave();
    return false;
  }
  if (event.ctrlKey && event.shiftKey && event.code === 'KeyC' && terminal.hasSelection()) {
    event.preventDefault();
    if (event.type === 'keydown') void navigator.clipboard?.writeText(terminal.getSelection());
    return false;
  }
  // The browser pastes it.
  return !(event.ctrlKey && event.shiftKey && event.code === 'KeyV');
}

function watchColors(change: () => void): () => void {
  const themed = new MutationObserver(change);
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', change);
  return () => {
    themed.disconnect();
    scheme.removeEventListener('change', change);
  };
}
