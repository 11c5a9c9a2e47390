import type { ITheme } from '@xterm/xterm';
import { resolveColor } from '@/components/ui/resolve-color.ts';

/** The terminal in the colours of the console; programs choose among sixteen, which keep their contrast on either ground. */
export function terminalTheme(element: Element): ITheme {
  const color = (token: `--${string}`) => resolveColor(element, token);
  const [ink, ink2, ink3] = [color('--ink'), color('--ink-2'), color('--ink-3')];
  const [red, green, yellow, blue, magenta, cyan] = [
    color('--bad'),
    color('--ok'),
    color('--warn'),
    color('--busy'),
    color('--series-3'),
    color('--series-2'),
  ];
  return {
    background: color('--sunken'),
    foreground: ink,
    cursor: ink,
    cursorAccent: color('--sunken'),
    selectionBackground: color('--line-strong'),
    selectionInactiveBackground: color('--line'),
    ...{ black: ink3, red, green, yellow, blue, magenta, cyan, white: ink2 },
    ...{
      brightBlack: ink3,
      brightRed: red,
      brightGreen: green,
      brightYellow: yellow,
      brightBlue: blue,
      brightMagenta: magenta,
      brightCyan: cyan,
      brightWhite: ink,
    },
  };
}
