'use client';
import { useState } from 'react';
import { SearchInput } from '@/components/ui/search-input.tsx';

export interface Findable {
  readonly key: string;
  readonly title: string;
  readonly note: string;
}

/** Finds what is drawn by its name or kind: Enter goes to the next, Shift+Enter to the one before. */
export function PartFinder({ parts, onFind }: { parts: readonly Findable[]; onFind: (key: string) => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(-1);
  const words = text.trim().toLowerCase();
  const found = words === '' ? [] : parts.filter(({ title, note }) => `${title} ${note}`.toLowerCase().includes(words));
  const go = (step: number) => {
    if (found.length === 0) return;
    const next = (at + step + found.length) % found.length;
    setAt(next);
    const part = found[next];
    if (part) onFind(part.key);
  };
  return (
    <span className="flex items-center gap-1.5 rounded-md bg-surface">
      <SearchInput
        aria-label="Find on the canvas"
        placeholder="Find"
        className="w-36"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(-1);
        }}
        onClear={() => setText('')}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
          if (event.key !== 'Escape') return;
          setText('');
          event.currentTarget.blur();
        }}
      />
      <span role="status" className="pr-2 text-xs text-ink-3 tabular empty:hidden">
        {words === '' ? '' : at < 0 ? `${found.length} found` : `${at + 1} of ${found.length}`}
      </span>
    </span>
  );
}
