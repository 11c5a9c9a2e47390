'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useStoredState } from '@/components/ui/use-stored-state.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { logText, matchingRows, visibleRows } from './log-buffer.ts';
import { LogLine } from './log-line.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import { useEntityLogs } from './use-entity-logs.ts';

const ROW_HEIGHT = 18;
/** Scrolled further up than this, the view stops following. */
const NEAR_END_PX = 24;

/** The log of an entity: follows, stops following when scrolled up, searches, downloads. Settings are remembered. */
export function LogViewer({ entityId, name }: { entityId: string; name: string }) {
  const [wrap, setWrap] = useStoredState<boolean>('clocker.logs.wrap', true);
  const [times, setTimes] = useStoredState<boolean>('clocker.logs.times', true);
  const [text, setText] = useUrlState('log', '');
  const [only, setOnly] = useUrlState<'no' | 'yes'>('only', 'no', ['no', 'yes']);
  const { buffer, error, started, pause, resume, clear } = useEntityLogs(entityId, { tail: 1_000, follow: true });
  const rows = useMemo(() => visibleRows(buffer.rows, { text, only: only === 'yes' }), [buffer.rows, text, only]);
  const matches = useMemo(() => matchingRows(rows, text), [rows, text]);
  const scroller = useRef<HTMLDivElement>(null);
  const current = useRef(-1);
  const lastTop = useRef(0);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 30,
    getItemKey: (index) => rows[index]?.n ?? index,
  });

  useEffect(() => {
    if (!buffer.paused && rows.length > 0) list.scrollToIndex(rows.length - 1, { align: 'end' });
  }, [buffer.paused, rows.length, list]);

  // Only a person scrolls up; following only ever scrolls down.
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const fromEnd = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (element.scrollTop < lastTop.current && fromEnd > NEAR_END_PX) pause();
    lastTop.current = element.scrollTop;
  };
  const find = (step: 1 | -1) => {
    if (matches.length === 0) return;
    current.current = (current.current + step + matches.length) % matches.length;
    pause();
    list.scrollToIndex(
      rows.findIndex((row) => row.n === matches[current.current]),
      { align: 'center' },
    );
  };
  const download = () => {
    const url = URL.createObjectURL(new Blob([logText(buffer.rows)], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${name}.log`;
    link.click();
    URL.revokeObjectURL(url);
  };

  return (
    <section aria-label={`Log of ${name}`} className="relative flex h-full min-h-80 flex-col">
      <LogToolbar
        {...{ text, setText, wrap, setWrap, times, setTimes, find, download, clear, pause, resume }}
        paused={buffer.paused}
        matches={matches.length}
        only={only === 'yes'}
        setOnly={(value) => setOnly(value ? 'yes' : 'no')}
      />
      {error ? <ErrorState compact error={error} className="m-4" /> : null}
      <div
        ref={scroller}
        role="log"
        aria-label="Lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
        className="relative min-h-0 flex-1 overflow-auto bg-sunken font-mono text-xs"
      >
        {rows.length === 0 && !error ? <p className="p-4 font-sans text-sm text-ink-3">{emptyText(started, buffer.rows.length)}</p> : null}
        <div style={{ height: list.getTotalSize(), position: 'relative' }}>
          {list.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row ? (
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LogLine row={row} wrap={wrap} times={times} text={text} />
              </div>
            ) : null;
          })}
        </div>
      </div>
      {buffer.paused && buffer.waiting.length > 0 ? (
        <Button variant="primary" className="absolute right-6 bottom-6 shadow-float" onClick={resume}>
          {buffer.waiting.length} new lines
        </Button>
      ) : null}
      {buffer.dropped > 0 ? (
        <p className="border-t border-line px-4 py-1 text-xs text-ink-3">{buffer.dropped} older lines are no longer kept here</p>
      ) : null}
    </section>
  );
}

function emptyText(started: boolean, kept: number): string {
  if (kept > 0) return 'No line matches.';
  return started ? 'Nothing printed yet. New lines appear here.' : 'Connecting to the container…';
}
