import type { LogLine, LogOptions } from '../../ports/docker-engine.ts';
import { toCancelled } from './bounded-call.ts';
import { DEADLINE_MS } from './deadlines.ts';
import { toCallError } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { readFramedLog, readTerminalLog } from './log-lines.ts';

/** Lines of a container's log, as fast as they are taken. Ends when the container does (`follow`) or at the last line. */
export async function* containerLogs(parts: EngineParts, id: string, options: LogOptions): AsyncGenerator<LogLine> {
  const what = `logs of ${id.slice(0, 24)}`;
  const { transport, calls, http } = parts;
  const hasTerminal = await calls.call({
    what,
    deadlineMs: DEADLINE_MS.inspect,
    options,
    perform: async (docker, abortSignal) => (await docker.getContainer(id).inspect({ abortSignal })).Config.Tty,
  });
  const body = await http.stream({
    what,
    method: 'GET',
    path: `/containers/${encodeURIComponent(id)}/logs`,
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
  });
  const cancel = (): void => {
    body.destroy(toCancelled(what, options.signal?.reason));
  };
  options.signal?.addEventListener('abort', cancel, { once: true });
  if (options.signal?.aborted) cancel();
  try {
    yield* hasTerminal ? readTerminalLog(body) : readFramedLog(body);
  } catch (error) {
    throw toCallError(transport.hostName, what, error);
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    body.destroy();
  }
}
