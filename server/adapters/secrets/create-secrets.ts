import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Log } from '../../ports/log.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { ensureKeyFile } from './key-file.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface PlaneSecrets extends Secrets {
  /** 32 bytes as base64 for one purpose (`auth`), from which neither the key nor another purpose's bytes can be found. */
  derive(purpose: string): string;
}

export interface SecretsOptions {
  /** Path of the key file, made when absent. */
  readonly file: string;
  readonly log: Log;
}

/**
 * Envelopes are `v1.<iv>.<tag>.<data>` in base64url: AES-256-GCM with a fresh 96-bit iv, bound to the plane id.
 * @throws ClockerError store.corrupt when the key file is damaged.
 */
export function createSecrets({ file, log }: SecretsOptions): PlaneSecrets {
  const { planeId, key } = ensureKeyFile(file, log);
  const bytesFor = (purpose: string) => Buffer.from(hkdfSync('sha256', key, planeId, `clocker/${purpose}`, 32));
  const sealing = bytesFor('seal');
  const signing = bytesFor('sign');
  const bound = Buffer.from(planeId);

  function sign(text: string): string {
    return createHmac('sha256', signing).update(text).digest('hex');
  }

  return {
    planeId,
    sign,
    derive: (purpose) => bytesFor(purpose).toString('base64'),
    verify(text, signature) {
      const expected = Buffer.from(sign(text));
      const given = Buffer.from(signature);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
    seal(plaintext) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, sealing, iv, { authTagLength: TAG_BYTES }).setAAD(bound);
      const data = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return ['v1', ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
    },
    open(sealed) {
      const [version, iv = '', tag = '', data = '', ...rest] = sealed.split('.');
      if (version !== 'v1' || rest.length > 0) throw unreadable('it is no v1 envelope');
      try {
        const decipher = createDecipheriv(CIPHER, sealing, Buffer.from(iv, 'base64url'), { authTagLength: TAG_BYTES });
        decipher.setAAD(bound).setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString('utf8');
      } catch (error) {
        throw unreadable('it was made with another key or was changed', error);
      }
    },
  };
}

function unreadable(why: string, cause?: unknown): ClockerError {
  return new ClockerError('store.corrupt', {
    message: `A sealed secret cannot be opened: ${why}`,
    hint: 'Put back the key file that belongs to this database, or enter the secret anew.',
    cause,
  });
}
