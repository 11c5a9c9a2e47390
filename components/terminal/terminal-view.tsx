'use client';
import '@xterm/xterm/css/xterm.css';
import { Keyboard, RotateCw, Speech } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Kbd } from '@/components/ui/kbd.tsx';
import { Tooltip } from '@/components/ui/tooltip.tsx';
import { useStoredState } from '@/components/ui/use-stored-state.ts';
import { TerminalKeys } from './terminal-keys.tsx';
import { idleText, type TerminalState } from './terminal-state.ts';
import { useTerminal } from './use-terminal.ts';

export interface TerminalViewProps {
  name: string;
  askTicket: () => Promise<{ readonly ticket: string }>;
  /** Buttons of the caller's, after ours. */
  children?: ReactNode;
}

/** A shell, its state in words, and the keys that a phone lacks. Ctrl-F6 leads out of it by keyboard. */
export function TerminalView({ name, askTicket, children }: TerminalViewProps) {
  const [spoken, setSpoken] = useStoredState<boolean>('clocker.terminal.spoken', false);
  const [link, setLink] = useState<string | null>(null);
  const way = useRef<HTMLButtonElement>(null);
  const shell = useTerminal({ askTicket, spoken, onLink: setLink, onLeave: () => way.current?.focus() });
  return (
    <section aria-label={`Terminal of ${name}`} className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
        <p role="status" className="min-w-0 flex-1 text-sm text-ink-2 max-sm:basis-full">
          {stateText(shell.state)}
        </p>
        <Button ref={way} onClick={shell.again}>
          <RotateCw aria-hidden />
          New shell
        </Button>
        <Tooltip content="Tell a screen reader what is printed">
          <Button
            variant="ghost"
            square
            aria-label="Tell a screen reader what is printed"
            aria-pressed={spoken}
            className={spoken ? 'bg-accent-soft text-accent-text' : ''}
            onClick={() => setSpoken(!spoken)}
          >
            <Speech aria-hidden />
          </Button>
        </Tooltip>
        {children}
      </div>
      {shell.state.kind === 'ended' && shell.state.error ? <ErrorState compact error={shell.state.error} className="m-4" /> : null}
      <div className="min-h-0 flex-1 bg-sunken p-2">
        <div ref={shell.ref} className="h-full min-h-40 overflow-hidden" />
      </div>
      <TerminalKeys onKey={shell.type} />
      <p className="flex flex-wrap items-center gap-x-2 border-t border-line px-4 py-1 text-xs text-ink-3 max-sm:hidden pointer-coarse:hidden">
        <Keyboard aria-hidden className="size-3.5" />
        <span>
          <Kbd>Ctrl</Kbd> <Kbd>F6</Kbd> leaves the terminal
        </span>
        <span>
          <Kbd>Ctrl</Kbd> <Kbd>Shift</Kbd> <Kbd>C</Kbd> copies, <Kbd>V</Kbd> pastes
        </span>
      </p>
      {link === null ? null : <FollowLink address={link} onClose={() => setLink(null)} />}
    </section>
  );
}

function stateText(state: TerminalState): string {
  switch (state.kind) {
    case 'opening':
      return 'Opening a shell…';
    case 'open':
      return `Open. Closed after ${idleText(state.idleMs)} without a key; who opened it and when is recorded, what is typed is not.`;
    case 'lost':
      return 'The connection is lost. Trying to open a new shell…';
    case 'ended':
      return state.text;
  }
}

/** What a program prints is not trusted: the address is shown before it is opened. */
function FollowLink({ address, onClose }: { address: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Open this address?"
      description="A program in the terminal names it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button asChild variant="primary">
            <a href={address} target="_blank" rel="noopener noreferrer" onClick={onClose}>
              Open
            </a>
          </Button>
        </>
      }
    >
      <code className="break-all">{address}</code>
    </Dialog>
  );
}
