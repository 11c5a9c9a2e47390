import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { toStoreError } from './store-error.ts';

export interface HeldLock {
  release(): void;
}

/**
 * Makes this process the only one on a data directory: an exclusive transaction on `lock.db`, which the system ends with the process
 * however it dies. `lock.pid` tells others who holds it.
 * @throws ClockerError store.locked naming the holder's process id and the directory.
 */
export function lockDirectory(directory: string): HeldLock {
  const file = path.join(directory, 'lock.db');
  const pidFile = path.join(directory, 'lock.pid');
  const database = openLock(file);
  try {
    database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    const known = toStoreError(error, file);
    throw known.code === 'store.locked' ? lockedBy(readPid(pidFile), directory) : known;
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return { release: () => database.close() };
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw toStoreError(error, file);
  }
}

function readPid(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch {
    // The holder is between taking the lock and writing its number.
    return 'unknown';
  }
}

function lockedBy(pid: string, directory: string): ClockerError {
  return new ClockerError('store.locked', {
    message: `Another Clocker (process ${pid}) works on the data directory ${directory}`,
    hint: `Stop process ${pid}, or start this one with another data directory.`,
  });
}
