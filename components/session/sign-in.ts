import { ClockerError } from '@/server/domain/shared/clocker-error.ts';
import { isJsonObject } from '@/server/domain/shared/json.ts';

/** @throws ClockerError auth.unauthenticated with what the server said, deadline when it did not answer. */
export async function signIn(username: string, password: string): Promise<void> {
  const response = await post('/api/auth/sign-in/username', { username, password });
  if (response.ok) return;
  const body: unknown = await response.json().catch(() => null);
  const said = isJsonObject(body) && typeof body.message === 'string' ? body.message : '';
  if (response.status === 429) {
    throw new ClockerError('auth.unauthenticated', { message: 'Too many tries', hint: 'Wait a minute, then try again.', retryable: true });
  }
  if (response.status >= 500) throw new ClockerError('internal', { message: said || `The server answered ${response.status}` });
  throw new ClockerError('auth.unauthenticated', {
    message: 'User name or password is wrong',
    hint: 'Check both, then try again.',
  });
}

/** @throws ClockerError deadline when the server did not answer. */
export async function signOut(): Promise<void> {
  await post('/api/auth/sign-out', {});
}

/**
 * Ends all other sessions of the user.
 * @throws ClockerError input.invalid with what the server said, deadline when it did not answer.
 */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const response = await post('/api/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
  if (response.ok) return;
  const body: unknown = await response.json().catch(() => null);
  const said = isJsonObject(body) && typeof body.message === 'string' ? body.message : `The server answered ${response.status}`;
  throw new ClockerError('input.invalid', {
    message: said,
    hint: 'Check the current password, and that the new one has 10 to 128 characters.',
  });
}

async function post(path: string, body: object): Promise<Response> {
  try {
    return await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  } catch (cause) {
    throw new ClockerError('deadline', {
      message: 'The server did not answer',
      hint: 'Check that it runs, then try again.',
      retryable: true,
      cause,
    });
  }
}
