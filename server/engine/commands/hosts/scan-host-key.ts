import type { HostKey } from '../../../domain/entity/host.ts';
import type { EngineContext } from '../../engine-context.ts';
import { requireAddress, requirePort } from './require-valid.ts';

/**
 * The key a machine offers, read without logging in: a person compares it before it is pinned.
 * @throws ClockerError input.invalid | host.unreachable
 */
export async function scanHostKey(
  context: Pick<EngineContext, 'connector'>,
  input: { readonly address: string; readonly port: number },
  signal?: AbortSignal,
): Promise<HostKey> {
  requireAddress(input.address);
  requirePort('Port', input.port);
  return await context.connector.scanHostKey(input.address, input.port, signal ? { signal } : {});
}
