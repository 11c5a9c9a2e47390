import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Auth, Principal } from '../../ports/auth.ts';

export const LOCAL_TOKEN_FILE = 'local-token';

/**
 * Lets programs of this machine in that may read the data directory: whoever can read it owns the plane anyway (the key file
 * is there). A new token is written at each start, readable by the owner alone, and is accepted as an administrator named `local`.
 */
export async function withLocalToken(auth: Auth, dataDirectory: string): Promise<Auth> {
  const token = `ck_local_${randomBytes(32).toString('base64url')}`;
  const file = path.join(dataDirectory, LOCAL_TOKEN_FILE);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, token, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
  const expected = digest(`Bearer ${token}`);
  return new Proxy(auth, {
    get(target, property, receiver) {
      if (property !== 'authenticate') return Reflect.get(target, property, receiver);
      return async (headers: Headers) =>
        timingSafeEqual(digest(headers.get('authorization') ?? ''), expected) ? LOCAL : target.authenticate(headers);
    },
  });
}

const LOCAL: Principal = {
  userId: 'local',
  username: 'local',
  name: 'Local administrator',
  via: 'token',
  sessionId: 'local',
  bindings: [{ role: 'admin', scope: 'system' }],
};

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
