import { randomBytes, randomInt } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Log } from '../../ports/log.ts';
import { errorCode } from '../process/error-code.ts';

const FORMAT = /^clocker-key-v1 ([a-z0-9]{6}) ([A-Za-z0-9_-]{43})\n?$/;
const PLANE_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

export interface PlaneKey {
  /** Six characters of a-z and 0-9. */
  readonly planeId: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/**
 * Reads the plane's key file, or makes it at first start: mode 0600, complete or absent, never half-written, never replaced.
 * @throws ClockerError store.corrupt when the file holds something else.
 */
export function ensureKeyFile(file: string, log: Log): PlaneKey {
  const text = readIfPresent(file) ?? createKeyFile(file);
  const [, planeId, encoded] = FORMAT.exec(text) ?? [];
  if (!planeId || !encoded) {
    throw new ClockerError('store.corrupt', {
      message: `The key file ${file} is damaged: it does not hold a Clocker key`,
      hint: 'Put back the key file from a backup. Without it, sealed SSH keys and secret config cannot be read again.',
    });
  }
  if ((statSync(file).mode & 0o077) !== 0) log.warn('the key file can be read by other users of this machine', { file, wanted: '0600' });
  return { planeId, key: Buffer.from(encoded, 'base64url') };
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new ClockerError('store.corrupt', {
      message: `The key file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'Start Clocker as the user who owns the data directory.',
      cause: error,
    });
  }
}

function createKeyFile(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const planeId = Array.from({ length: 6 }, () => PLANE_ALPHABET.charAt(randomInt(PLANE_ALPHABET.length))).join('');
  const text = `clocker-key-v1 ${planeId} ${randomBytes(32).toString('base64url')}\n`;
  const draft = `${file}.${process.pid}.new`;
  writeDurably(draft, text);
  try {
    linkSync(draft, file);
    return text;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    return readFileSync(file, 'utf8');
  } finally {
    unlinkSync(draft);
    syncDirectory(path.dirname(file));
  }
}

function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
