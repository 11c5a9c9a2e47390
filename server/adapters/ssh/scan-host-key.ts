import ssh2 from 'ssh2';
import type { HostKey } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { SCAN_ALGORITHMS, toHostKey } from './host-key.ts';
import { toUnreachable } from './ssh-errors.ts';

const SCAN_TIMEOUT_MS = 10_000;

/** Reads the key a machine offers and hangs up before any login. Errors: host.unreachable, cancelled. */
export async function scanHostKey(address: string, port: number, options: { readonly signal?: AbortSignal } = {}): Promise<HostKey> {
  const place = { name: address, address, port, user: '' };
  const client = new ssh2.Client();
  return new Promise<HostKey>((resolve, reject) => {
    const cancel = (): void => fail(new ClockerError('cancelled', { message: `Reading the host key of ${address}:${port} was cancelled` }));
    const settle = (): void => {
      options.signal?.removeEventListener('abort', cancel);
      client.destroy();
    };
    const fail = (error: ClockerError): void => {
      settle();
      reject(error);
    };
    if (options.signal?.aborted) return cancel();
    options.signal?.addEventListener('abort', cancel, { once: true });
    client.on('error', (error) => fail(toUnreachable(place, error)));
    client.on('close', () => fail(toUnreachable(place, undefined)));
    client.connect({
      host: address,
      port,
      username: 'scan',
      readyTimeout: SCAN_TIMEOUT_MS,
      algorithms: { serverHostKey: [...SCAN_ALGORITHMS] },
      hostVerifier: (key: Buffer) => {
        resolve(toHostKey(key));
        setImmediate(settle);
        return false;
      },
    });
  });
}
