import type { HostKey } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostTarget } from '../../ports/host-session.ts';

/** A busy host takes its time to start the process that serves a login. */
export const HANDSHAKE_TIMEOUT_MS = 20_000;

type Place = Pick<HostTarget, 'name' | 'address' | 'port' | 'user'>;

const NETWORK_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ETIMEDOUT: 'connection timed out',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to its network',
  ENOTFOUND: 'no such name',
  EAI_AGAIN: 'its name cannot be looked up now',
};

/** A dial that failed before the login. */
export function toUnreachable(place: Place, cause: unknown): ClockerError {
  return new ClockerError('host.unreachable', {
    message: `Cannot reach ${place.name} at ${place.address}:${place.port}: ${toReason(cause)}`,
    hint: 'Check that the machine is on, that its address and port are right, and that sshd listens there.',
    retryable: true,
    cause,
  });
}

export function toLost(place: Place, cause: unknown): ClockerError {
  return new ClockerError('host.lost', {
    message: `The SSH connection to ${place.name} (${place.address}:${place.port}) was lost: ${toReason(cause)}`,
    hint: 'Clocker dials again by itself. If it stays away, check the machine and the network between.',
    retryable: true,
    cause,
  });
}

export function toClosed(place: Place): ClockerError {
  return new ClockerError('host.lost', { message: `The session with ${place.name} was closed` });
}

export function toRefusedLogin(place: Place, cause: unknown): ClockerError {
  return new ClockerError('host.auth', {
    message: `${place.name} (${place.address}:${place.port}) refused the login of ${place.user} with this key: ${toReason(cause)}`,
    hint: `Add the credential's public key to ~/.ssh/authorized_keys of ${place.user} on that host, then try again.`,
    cause,
  });
}

/** @param offered null where the host has no key of the pinned type at all */
export function toChangedKey(place: Place, pinned: HostKey, offered: HostKey | null): ClockerError {
  if (pinned.fingerprint === '' && offered) {
    return new ClockerError('host.key-unknown', {
      message: `${place.name} (${place.address}:${place.port}) shows the ${offered.type} key ${offered.fingerprint}, which nobody has confirmed. Nothing was sent to it.`,
      hint: 'Compare it with ssh-keygen -l on the machine, and accept it under Hosts.',
    });
  }
  const now = offered ? `now offers the ${offered.type} key ${offered.fingerprint}` : `no longer offers a key of type ${pinned.type}`;
  return new ClockerError('host.key-changed', {
    message: `${place.name} (${place.address}:${place.port}) ${now}; the pinned key is ${pinned.fingerprint}. Nothing was sent to it.`,
    hint: 'If the machine was set up anew, compare the new fingerprint on its console and accept it under Hosts. If not, somebody may be in between.',
  });
}

/** sshd answers "open failed" alike for a missing socket, a missing permission and a forbidden forwarding. */
export function toEngineUnreachable(place: Place, cause: unknown): ClockerError {
  return new ClockerError('host.engine-unreachable', {
    message: `${place.name} is reached over SSH, but its Docker Engine is not: ${toReason(cause)}`,
    hint: `Check on the host that dockerd runs and that ${place.user} may use it (root, or a member of the group docker).`,
    retryable: true,
    cause,
  });
}

export function toRefusedChannel(place: Place, cause: unknown): ClockerError {
  return new ClockerError('host.channel-refused', {
    message: `sshd on ${place.name} refused another session on this connection: ${toReason(cause)}`,
    hint: 'Raise MaxSessions in sshd_config of that host, or allow it to forward to local sockets (AllowStreamLocalForwarding).',
    retryable: true,
    cause,
  });
}

/** Nothing listens there, or sshd does not forward: it gives the reason as RFC 4254, 5.1 has it. */
export function toRefusedForward(place: Place, to: string, cause: unknown): ClockerError {
  const isForbidden = cause instanceof Error && 'reason' in cause && cause.reason === ADMINISTRATIVELY_PROHIBITED;
  return new ClockerError('host.channel-refused', {
    message: isForbidden ? `sshd on ${place.name} forwards no connections` : `Nothing answers at ${to}, asked from ${place.name}`,
    hint: isForbidden ? 'Allow it in sshd_config of that host: AllowTcpForwarding local.' : 'Check what listens there.',
    retryable: true,
    cause,
  });
}

const ADMINISTRATIVELY_PROHIBITED = 1;

function toReason(cause: unknown): string {
  if (cause === undefined || cause === null) return 'closed by the other side';
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (cause.message === 'Timed out while waiting for handshake') return `no answer within ${HANDSHAKE_TIMEOUT_MS / 1000} s`;
  if (cause.message === 'Keepalive timeout') return 'no answer to keep-alive messages';
  return NETWORK_WORDS[code] ?? cause.message;
}

/** True for what ssh2 throws when the login, and not the network, failed. */
export function isLoginFailure(cause: unknown): boolean {
  return cause instanceof Error && 'level' in cause && cause.level === 'client-authentication';
}

export function isKeyTypeMismatch(cause: unknown): boolean {
  return cause instanceof Error && /no matching host key/i.test(cause.message);
}
