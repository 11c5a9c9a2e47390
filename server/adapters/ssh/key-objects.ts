import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Client } from 'ssh2';

/** What ssh2 keeps of a negotiated AES-GCM cipher: not part of its interface, so all of it is looked at before it is touched. */
interface Protocol {
  readonly _cipher?: { _encKey?: Buffer | KeyObject };
  readonly _decipher?: { _decipherKey?: Buffer | KeyObject };
}

/**
 * ssh2 makes a new cipher for each packet from the bytes of its key, and node a key object of those bytes each time: a quarter of what
 * a call costs this process. With the object kept it is made once. After a renewal of keys (64 GiB) bytes are used again, which works
 * as well. Returns how many of the two keys are objects now; 0 for other ciphers, and should ssh2 come to keep them elsewhere.
 */
export function keepKeyObjects(client: Client): number {
  const { _cipher: outbound, _decipher: inbound } = (client as unknown as { readonly _protocol?: Protocol })._protocol ?? {};
  let kept = 0;
  if (outbound && Buffer.isBuffer(outbound._encKey)) {
    outbound._encKey = createSecretKey(outbound._encKey);
    kept += 1;
  }
  if (inbound && Buffer.isBuffer(inbound._decipherKey)) {
    inbound._decipherKey = createSecretKey(inbound._decipherKey);
    kept += 1;
  }
  return kept;
}
