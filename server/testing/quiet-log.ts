import type { Log } from '../ports/log.ts';

/** A log that is dropped; `warn` and `error` are told to `heard` where a test wants to see them. */
export function quietLog(heard: (message: string, fields: Readonly<Record<string, unknown>>) => void = () => undefined): Log {
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message, fields = {}) => heard(message, fields),
    error: (message, fields = {}) => heard(message, fields),
    child: () => log,
  };
  return log;
}
