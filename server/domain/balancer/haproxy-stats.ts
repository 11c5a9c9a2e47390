import type { Counters, Traffic } from './traffic.ts';

/** Names of the proxies of our configuration, and where its worker tells its number. */
export const FRONTEND = 'public';
export const BACKEND = 'members';
export const WORKER_HEADER = 'clocker-worker';

type Row = Readonly<Record<string, string>>;

/** HAProxy's statistics as CSV (management guide, 9.1). Null where they are none of our configuration. */
export function readHaproxyStats(csv: string, worker: string): Traffic | null {
  const rows = rowsOf(csv);
  const whole = rows.find((row) => row.pxname === FRONTEND && row.svname === 'FRONTEND');
  if (!whole) return null;
  const servers = new Map<string, Counters>();
  for (const row of rows) {
    const entityId = row.pxname === BACKEND ? entityOf(row.svname ?? '') : null;
    if (entityId !== null) servers.set(entityId, serverCounters(row));
  }
  const bytes = { bytesReceived: numberOf(whole, 'bin'), bytesSent: numberOf(whole, 'bout') };
  return { countedBy: worker, whole: { requests: numberOf(whole, 'req_tot'), errors: numberOf(whole, 'hrsp_5xx'), ...bytes }, servers };
}

/** A server's name ends in the entity that it is; see `serverLines`. */
function entityOf(name: string): string | null {
  const at = name.lastIndexOf(':');
  return at < 0 ? null : name.slice(at + 1);
}

/** Errors: answers of 500 and more, connections that were refused, and those that broke before an answer. */
function serverCounters(row: Row): Counters {
  return {
    requests: numberOf(row, 'stot'),
    errors: numberOf(row, 'hrsp_5xx') + numberOf(row, 'econ') + numberOf(row, 'eresp'),
    bytesReceived: numberOf(row, 'bin'),
    bytesSent: numberOf(row, 'bout'),
    ...(numberOf(row, 'stot') > 0 ? { responseMs: numberOf(row, 'rtime') } : {}),
  };
}

function numberOf(row: Row, column: string): number {
  const value = Number(row[column] || '0');
  return Number.isFinite(value) ? value : 0;
}

function rowsOf(csv: string): readonly Row[] {
  const [head = '', ...lines] = csv.split('\n');
  const columns = head.replace(/^# /, '').split(',');
  return lines.filter((line) => line !== '').map((line) => Object.fromEntries(valuesOf(line).map((value, n) => [columns[n] ?? '', value])));
}

/** Texts, as what a check said, may stand in quotation marks (RFC 4180). */
function valuesOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
