export interface LogRow {
  /** Counted from 1 in this view; never reused. */
  readonly n: number;
  readonly at: string;
  readonly stream: 'stdout' | 'stderr' | 'info';
  readonly text: string;
  /** Name of the member that printed it; null where there is one only. */
  readonly member: string | null;
}

export interface LogBuffer {
  readonly rows: readonly LogRow[];
  /** Rows that came while the view was paused. */
  readonly waiting: readonly LogRow[];
  /** Rows thrown away because the view keeps `LIMIT`. */
  readonly dropped: number;
  readonly paused: boolean;
  readonly next: number;
}

/** Rows kept in the browser: more are in the download. */
export const LIMIT = 10_000;

export const EMPTY_LOG: LogBuffer = { rows: [], waiting: [], dropped: 0, paused: false, next: 1 };

export function appendLog(buffer: LogBuffer, lines: readonly Omit<LogRow, 'n'>[]): LogBuffer {
  if (lines.length === 0) return buffer;
  const added = lines.map((line, index) => ({ ...line, n: buffer.next + index }));
  const next = buffer.next + lines.length;
  if (buffer.paused) return keep({ ...buffer, waiting: [...buffer.waiting, ...added], next });
  return keep({ ...buffer, rows: [...buffer.rows, ...added], next });
}

export function pauseLog(buffer: LogBuffer): LogBuffer {
  return buffer.paused ? buffer : { ...buffer, paused: true };
}

/** Shows what came meanwhile. */
export function resumeLog(buffer: LogBuffer): LogBuffer {
  return keep({ ...buffer, paused: false, rows: [...buffer.rows, ...buffer.waiting], waiting: [] });
}

function keep(buffer: LogBuffer): LogBuffer {
  const surplus = buffer.rows.length + buffer.waiting.length - LIMIT;
  if (surplus <= 0) return buffer;
  const fromRows = Math.min(surplus, buffer.rows.length);
  return {
    ...buffer,
    rows: buffer.rows.slice(fromRows),
    waiting: buffer.waiting.slice(surplus - fromRows),
    dropped: buffer.dropped + surplus,
  };
}

export interface LogSearch {
  readonly text: string;
  /** Show matching rows only. */
  readonly only: boolean;
}

/** Row numbers that contain the text, case-insensitively. Empty text matches nothing. */
export function matchingRows(rows: readonly LogRow[], text: string): readonly number[] {
  const wanted = text.toLowerCase();
  return wanted === '' ? [] : rows.filter((row) => row.text.toLowerCase().includes(wanted)).map((row) => row.n);
}

export function visibleRows(rows: readonly LogRow[], search: LogSearch): readonly LogRow[] {
  if (!search.only || search.text === '') return rows;
  const matches = new Set(matchingRows(rows, search.text));
  return rows.filter((row) => matches.has(row.n));
}

/** The rows as a text file. */
export function logText(rows: readonly LogRow[]): string {
  return rows.map((row) => `${row.at} ${row.stream} ${row.member === null ? '' : `${row.member}: `}${row.text}\n`).join('');
}
