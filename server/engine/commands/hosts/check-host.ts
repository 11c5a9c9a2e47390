import type { HostKey } from '../../../domain/entity/host.ts';
import type { ConnectionCheck } from '../../../domain/host/connection-checks.ts';
import type { CredentialId, HostId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { checkConnection } from '../../hosts/check-connection.ts';
import { toTarget } from '../../hosts/host-sessions.ts';
import { notFound, requireAddress, requireFingerprint, requirePort, requireUser } from './require-valid.ts';

type Needs = Pick<EngineContext, 'store' | 'secrets' | 'connector' | 'clock'>;

/** What is between here and the engine of a host. @throws ClockerError not-found | store.corrupt (its credential) */
export async function checkHost(
  context: Needs,
  input: { readonly hostId: HostId },
  signal?: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const { view } = context.store;
  const host = view.get('host', input.hostId);
  if (!host) throw notFound('host', input.hostId);
  return await checkConnection(context, toTarget(host, view.get('credential', host.credentialId), context.secrets), signal);
}

export interface CheckMachineInput {
  readonly name: string;
  readonly address: string;
  /** Of sshd, 1 to 65535. */
  readonly port: number;
  readonly user: string;
  readonly credentialId: CredentialId;
  /** The key that a person has compared: nothing is sent to a machine that shows another. */
  readonly hostKey: HostKey;
}

/** The same of a machine that is no host yet. @throws ClockerError input.invalid | not-found (credential) | store.corrupt */
export async function checkMachine(context: Needs, input: CheckMachineInput, signal?: AbortSignal): Promise<readonly ConnectionCheck[]> {
  requireAddress(input.address);
  requirePort('Port', input.port);
  requireUser(input.user);
  requireFingerprint(input.hostKey);
  const credential = context.store.view.get('credential', input.credentialId);
  if (!credential) throw notFound('credential', input.credentialId);
  return await checkConnection(context, toTarget(input, credential, context.secrets), signal);
}
