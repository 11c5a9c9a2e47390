import type { Permission, Role, Scope } from '../domain/shared/permissions.ts';
import { allows } from '../domain/shared/permissions.ts';
import type { Principal } from '../ports/auth.ts';

/** A scope and all that include it, narrowest first: `[application:…, cloud:…, system]`. */
export type ScopeChain = readonly [Scope, ...Scope[]];

/** Whether a binding of the caller on one of these scopes carries the permission. */
export function mayOn(principal: Principal, permission: Permission, chain: ScopeChain): boolean {
  return allows(principal.bindings, permission, chain);
}

/** Whether the caller has the permission on anything at all. */
export function mayAnywhere(principal: Principal, permission: Permission): boolean {
  return allows(
    principal.bindings,
    permission,
    principal.bindings.map(({ scope }) => scope),
  );
}

/** The strongest role the caller has on any scope; null without bindings. */
export function strongestRole(principal: Principal): Role | null {
  const order: readonly Role[] = ['admin', 'operator', 'viewer'];
  return order.find((role) => principal.bindings.some((binding) => binding.role === role)) ?? null;
}
