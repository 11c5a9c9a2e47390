'use client';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Kbd } from '@/components/ui/kbd.tsx';
import { NAV_ITEMS } from './nav-items.ts';

interface Shortcut {
  /** Pressed together; a comma stands between keys that are pressed one after the other. */
  readonly keys: readonly string[];
  readonly does: string;
}

const GROUPS: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: ['Ctrl', 'K'], does: 'Search and commands (Cmd K on a Mac)' },
      { keys: ['/'], does: 'Filter this screen, or search' },
      { keys: ['?'], does: 'This sheet' },
      { keys: ['Esc'], does: 'Close what is open' },
    ],
  },
  { title: 'Go to', shortcuts: NAV_ITEMS.map(({ key, label }) => ({ keys: ['g', ',', key], does: label })) },
  {
    title: 'Topology',
    shortcuts: [
      { keys: ['↑', '↓', '←', '→'], does: 'The next box in that direction' },
      { keys: ['Enter'], does: 'Select it' },
      { keys: ['E'], does: 'The lines of the box, then ↑ ↓ along them' },
      { keys: ['M'], does: 'Move the container to another host' },
    ],
  },
  {
    title: 'Terminal',
    shortcuts: [
      { keys: ['Ctrl', 'F6'], does: 'Leave the terminal' },
      { keys: ['Ctrl', 'Shift', 'C'], does: 'Copy what is selected' },
      { keys: ['Ctrl', 'Shift', 'V'], does: 'Paste' },
    ],
  },
  {
    title: 'Blueprint canvas',
    shortcuts: [
      { keys: ['↑', '↓', '←', '→'], does: 'The next part in that direction' },
      { keys: ['Enter'], does: 'Open its form' },
      { keys: ['Space'], does: 'Select one more' },
      { keys: ['E'], does: 'The lines of the part, then ↑ ↓ along them' },
      { keys: ['E', ',', 'Enter'], does: 'Go to the other end of the line' },
      { keys: ['E', ',', 'Del'], does: 'Remove the line' },
      { keys: ['W'], does: 'Wire into the part' },
      { keys: ['A'], does: 'Palette' },
      { keys: ['T'], does: 'Tree or canvas' },
      { keys: ['F'], does: 'Fit' },
      { keys: ['Shift', '↑'], does: 'Move what is selected' },
      { keys: ['Ctrl', 'D'], does: 'Duplicate' },
      { keys: ['Ctrl', 'G'], does: 'Group what is selected (with Shift: ungroup)' },
      { keys: ['Del'], does: 'Remove' },
      { keys: ['Ctrl', 'Z'], does: 'Undo (with Shift: redo)' },
    ],
  },
];

/** All keys of the console. */
export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard shortcuts"
      description="Single letters do nothing while you type."
      className="max-w-2xl"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: by keyboard it is scrolled once it has the focus */}
      <section aria-label="Keys" tabIndex={0} className="gap-x-8 sm:columns-2">
        {GROUPS.map(({ title, shortcuts }) => (
          <section key={title} aria-label={title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-sm font-semibold">{title}</h3>
            <dl className="flex flex-col gap-1">
              {shortcuts.map(({ keys, does }) => (
                <div key={does} className="flex items-center gap-3">
                  <dd className="min-w-0 flex-1 text-ink-2">{does}</dd>
                  <dt className="flex shrink-0 items-center gap-1">
                    {keys.map((key) =>
                      key === ',' ? (
                        <span key={key} className="text-ink-3 text-xs">
                          then
                        </span>
                      ) : (
                        <Kbd key={key}>{key}</Kbd>
                      ),
                    )}
                  </dt>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  );
}
