import { type DestinationStream, type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Log } from '../../ports/log.ts';
import { redactFields } from './redact-fields.ts';

type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogOptions {
  readonly level: LogLevel;
  /** Lines for people instead of JSON. Default: when standard error is a terminal. */
  readonly pretty?: boolean;
  /** Where lines go. Default: standard error, so that commands can print results on standard output. */
  readonly write?: (line: string) => void;
}

/** One JSON object a line (or one readable line on a terminal); secrets in fields are shown as `***`. */
export function createLog({ level, pretty = process.stderr.isTTY === true, write }: LogOptions): Log {
  const put = write ?? ((line: string) => void process.stderr.write(line));
  const toReadable = prettyFactory({
    colorize: pretty && !write,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  });
  const destination: DestinationStream = { write: (line) => put(pretty ? (toReadable(line) ?? line) : line) };
  return toLog(pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, destination));
}

function toLog(logger: Logger): Log {
  return {
    debug: (message, fields = {}) => logger.isLevelEnabled('debug') && logger.debug(redactFields(fields), message),
    info: (message, fields = {}) => logger.info(redactFields(fields), message),
    warn: (message, fields = {}) => logger.warn(redactFields(fields), message),
    error: (message, fields = {}) => logger.error(redactFields(fields), message),
    child: (fields) => toLog(logger.child(redactFields(fields))),
  };
}
