import { expect, it } from 'vitest';
import { appendLog, EMPTY_LOG, LIMIT, matchingRows, pauseLog, resumeLog, visibleRows } from './log-buffer.ts';

const line = (text: string) => ({ at: '2026-11-22T10:00:00Z', stream: 'stdout' as const, text, member: null });

it('holds back lines while paused and shows them on resume', () => {
  const paused = appendLog(pauseLog(appendLog(EMPTY_LOG, [line('a')])), [line('b'), line('c')]);
  expect(paused.rows.map((row) => row.text)).toEqual(['a']);
  expect(paused.waiting).toHaveLength(2);
  expect(resumeLog(paused).rows.map((row) => row.text)).toEqual(['a', 'b', 'c']);
});

it('keeps the newest lines and counts what it dropped', () => {
  const full = appendLog(
    EMPTY_LOG,
    Array.from({ length: LIMIT + 5 }, (_, n) => line(String(n))),
  );
  expect(full.rows).toHaveLength(LIMIT);
  expect(full.dropped).toBe(5);
  expect(full.rows[0]?.n).toBe(6);
});

it('finds text whatever its case, and can show matches alone', () => {
  const { rows } = appendLog(EMPTY_LOG, [line('GET /'), line('error: x'), line('get /a')]);
  expect(matchingRows(rows, 'get')).toEqual([1, 3]);
  expect(visibleRows(rows, { text: 'ERROR', only: true }).map((row) => row.n)).toEqual([2]);
});
