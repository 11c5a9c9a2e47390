import type { LogLine, LogOptions } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toNanoseconds, toSince } from './event-stream.ts';
import { readFramedLog, readTerminalLog } from './log-lines.ts';
import { streamBody } from './stream-body.ts';

/** Lines of a container's log, as fast as they are taken. Ends when the container does (`follow`) or at the last line. */
export async function* containerLogs(parts: EngineParts, id: string, options: LogOptions): AsyncGenerator<LogLine> {
  const hasTerminal = await parts.calls.call({
    what: toWhat(id),
    deadlineMs: DEADLINE_MS.inspect,
    options,
    perform: async (docker, abortSignal) => (await docker.getContainer(id).inspect({ abortSignal })).Config.Tty,
  });
  const read = hasTerminal ? readTerminalLog : readFramedLog;
  const since: { since?: string } = options.sinceMs === undefined ? {} : { since: (options.sinceMs / 1_000).toFixed(3) };
  const first = { follow: options.follow ? '1' : '0', tail: String(options.tail), ...since };
  let lastNs: string | undefined;
  for await (const line of streamBody(parts, toRequest(id, first, options), read)) {
    lastNs = toNanoseconds(line.at);
    yield line;
  }
  if (!options.follow) return;
  // A follower that sees the container end often misses its last words, where they have no line end (Docker 20.10).
  const rest = {
    follow: '0',
    ...(lastNs === undefined ? { tail: String(options.tail), ...since } : { tail: 'all', since: toSince(lastNs) }),
  };
  for await (const line of streamBody(parts, toRequest(id, rest, options), read)) {
    if (lastNs === undefined || BigInt(toNanoseconds(line.at)) > BigInt(lastNs)) yield line;
  }
}

function toWhat(id: string): string {
  return `reading of the logs of ${id.slice(0, 24)}`;
}

function toRequest(id: string, query: Readonly<Record<string, string>>, options: LogOptions) {
  return {
    what: toWhat(id),
    method: 'GET',
    path: `/containers/${id}/logs`,
    query: { stdout: '1', stderr: '1', timestamps: '1', ...query },
    headMs: DEADLINE_MS.logs,
    signal: options.signal,
  } as const;
}
