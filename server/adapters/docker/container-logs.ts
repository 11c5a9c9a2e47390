import type { LogLine, LogOptions } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { readFramedLog, readTerminalLog } from './log-lines.ts';
import { streamBody } from './stream-body.ts';

/** Lines of a container's log, as fast as they are taken. Ends when the container does (`follow`) or at the last line. */
export async function* containerLogs(parts: EngineParts, id: string, options: LogOptions): AsyncGenerator<LogLine> {
  const what = `logs of ${id.slice(0, 24)}`;
  const hasTerminal = await parts.calls.call({
    what,
    deadlineMs: DEADLINE_MS.inspect,
    options,
    perform: async (docker, abortSignal) => (await docker.getContainer(id).inspect({ abortSignal })).Config.Tty,
  });
  const request = {
    what,
    method: 'GET',
    path: `/containers/${id}/logs`,
    query: {
      stdout: '1',
      stderr: '1',
      timestamps: '1',
      follow: options.follow ? '1' : '0',
      tail: String(options.tail),
      ...(options.sinceMs === undefined ? {} : { since: (options.sinceMs / 1_000).toFixed(3) }),
    },
    headMs: DEADLINE_MS.logs,
    signal: options.signal,
  } as const;
  yield* streamBody(parts, request, hasTerminal ? readTerminalLog : readFramedLog);
}
