import { permissionsOf } from '../../domain/shared/permissions.ts';
import type { Permission, Role, RoleBinding } from '../../ports/auth.ts';
import { strongestRole } from '../access.ts';
import { answer } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { signedInProcedure } from '../trpc.ts';

export interface SessionView {
  readonly user: { readonly id: string; readonly name: string; readonly username: string; readonly role: Role | null };
  /** What the caller may do somewhere; `bindings` say where. */
  readonly permissions: readonly Permission[];
  readonly bindings: readonly RoleBinding[];
}

export const me = signedInProcedure({ input: nothing, summary: 'Who is signed in and what they may do', rest: 'GET /session' })
  .output(answer<SessionView>('The caller'))
  .query(({ ctx: { principal } }) => {
    const role = strongestRole(principal);
    const { userId, name, username, bindings } = principal;
    return { user: { id: userId, name, username, role }, permissions: role ? permissionsOf(role) : [], bindings };
  });
