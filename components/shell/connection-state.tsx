'use client';
import type { Connection } from '@/components/live/live-store.ts';
import { useLiveStatus } from '@/components/live/use-live.ts';
import { cx } from '@/components/ui/cx.ts';
import { Tooltip } from '@/components/ui/tooltip.tsx';

const WORDS: Readonly<Record<Connection, { readonly word: string; readonly text: string; readonly dot: string }>> = {
  connecting: { word: 'Connecting', text: 'Waiting for the first values from the server.', dot: 'bg-busy' },
  live: { word: 'Live', text: 'Every change on the server appears here at once.', dot: 'bg-ok' },
  reconnecting: { word: 'Reconnecting', text: 'The server does not answer. What you see may be old.', dot: 'bg-warn' },
  refused: { word: 'Signed out', text: 'The server ended this session.', dot: 'bg-bad' },
};

/** Whether what is on the screen is the truth of now. */
export function ConnectionState() {
  const { connection } = useLiveStatus();
  const { word, text, dot } = WORDS[connection];
  return (
    <Tooltip content={text}>
      <button
        type="button"
        className="flex h-control items-center gap-1.5 rounded-md px-2 text-sm text-ink-2"
        aria-label={`${word}. ${text}`}
      >
        <span aria-hidden className={cx('size-2 rounded-full', dot)} />
        <span className={cx('max-md:sr-only', connection === 'live' && 'max-lg:sr-only')}>{word}</span>
      </button>
    </Tooltip>
  );
}
