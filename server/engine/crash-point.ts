import { appendFileSync } from 'node:fs';

/** Where in a durable step the process may be made to die, in order. */
export const CRASH_POSITIONS = ['before-intent', 'after-intent', 'after-act', 'after-record'] as const;
export type CrashPosition = (typeof CRASH_POSITIONS)[number];

/**
 * Proves that every step survives a crash at any moment: with `CRASH_AT=<step>:<position>` in the environment the process kills itself
 * there, and `CRASH_LEARN=<file>` collects the points passed, one a line. Without these variables it does nothing.
 */
export function crashPoint(step: string, position: CrashPosition): void {
  const { CRASH_AT: crashAt, CRASH_LEARN: learnFile } = process.env;
  if (crashAt === undefined && learnFile === undefined) return;
  const point = `${step}:${position}`;
  if (learnFile) appendFileSync(learnFile, `${point}\n`);
  if (crashAt === point) process.kill(process.pid, 'SIGKILL');
}
