'use client';
import { Button } from '@/components/ui/button.tsx';

const KEYS = [
  { label: 'Esc', sends: '\x1b' },
  { label: 'Tab', sends: '\t' },
  { label: 'Ctrl C', sends: '\x03' },
  { label: 'Ctrl D', sends: '\x04' },
  { label: '↑', sends: '\x1b[A', name: 'Up' },
  { label: '↓', sends: '\x1b[B', name: 'Down' },
  { label: '←', sends: '\x1b[D', name: 'Left' },
  { label: '→', sends: '\x1b[C', name: 'Right' },
] as const;

/** Keys that the keyboard of a phone has not. */
export function TerminalKeys({ onKey }: { onKey: (text: string) => void }) {
  return (
    <div role="toolbar" aria-label="Keys" className="hidden gap-1 border-t border-line p-1.5 pointer-coarse:flex max-sm:flex">
      {KEYS.map((key) => (
        <Button
          key={key.label}
          className="min-w-9 flex-1 px-1 font-mono text-xs"
          aria-label={'name' in key ? key.name : undefined}
          onClick={() => onKey(key.sends)}
        >
          {key.label}
        </Button>
      ))}
    </div>
  );
}
