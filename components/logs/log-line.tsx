import { memo } from 'react';
import { cx } from '@/components/ui/cx.ts';
import type { LogRow } from './log-buffer.ts';
import { memberHue } from './member-hue.ts';
import { plainText } from './plain-text.ts';

export interface LogLineProps {
  row: LogRow;
  wrap: boolean;
  times: boolean;
  /** Searched text, marked. */
  text: string;
}

/** One line. It is only ever text: nothing a container prints becomes markup. */
export const LogLine = memo(function LogLine({ row, wrap, times, text }: LogLineProps) {
  return (
    <div
      className={cx(
        'flex gap-x-3 px-4 leading-[18px] hover:bg-hover',
        row.stream === 'info' && 'text-busy',
        // On a phone who said it stands above what was said.
        row.member !== null && 'max-sm:flex-wrap',
      )}
    >
      {times ? <span className="shrink-0 text-ink-3 select-none">{row.at.slice(11, 23)}</span> : null}
      {row.member === null ? null : (
        <span className="flex w-32 shrink-0 gap-2 select-none" title={row.member}>
          <span className={cx('w-1 shrink-0', memberHue(row.member))} aria-hidden />
          <span className="truncate text-ink-3">{row.member}</span>
        </span>
      )}
      <span className={cx('w-0.5 shrink-0', row.stream === 'stderr' ? 'bg-warn' : 'bg-transparent')} aria-hidden />
      {row.stream === 'stderr' ? <span className="sr-only">stderr: </span> : null}
      <span
        className={cx('min-w-0', wrap ? 'break-all whitespace-pre-wrap' : 'whitespace-pre', row.member !== null && 'max-sm:basis-full')}
      >
        <Marked line={plainText(row.text)} text={text} />
      </span>
    </div>
  );
});

function Marked({ line, text }: { line: string; text: string }) {
  const at = text === '' ? -1 : line.toLowerCase().indexOf(text.toLowerCase());
  if (at < 0) return line === '' ? ' ' : line;
  return (
    <>
      {line.slice(0, at)}
      <mark className="bg-warn-soft text-ink">{line.slice(at, at + text.length)}</mark>
      {line.slice(at + text.length)}
    </>
  );
}
