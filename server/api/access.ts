import type { Permission, Principal, Role, Scope } from '../ports/auth.ts';

/** A scope and all that include it, narrowest first: `[application:…, cloud:…, system]`. */
export type ScopeChain = readonly [Scope, ...Scope[]];

const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read'],
  operator: ['read', 'operate'],
  admin: ['read', 'operate', 'administer'],
};

/** Whether a binding of the caller on one of these scopes carries the permission. */
export function mayOn(principal: Principal, permission: Permission, chain: ScopeChain): boolean {
  return principal.bindings.some((binding) => chain.includes(binding.scope) && PERMISSIONS[binding.role].includes(permission));
}

/** Whether the caller has the permission on anything at all. */
export function mayAnywhere(principal: Principal, permission: Permission): boolean {
  return principal.bindings.some((binding) => PERMISSIONS[binding.role].includes(permission));
}

export function permissionsOf(role: Role): readonly Permission[] {
  return PERMISSIONS[role];
}

/** The strongest role the caller has on any scope; null without bindings. */
export function strongestRole(principal: Principal): Role | null {
  const order: readonly Role[] = ['admin', 'operator', 'viewer'];
  return order.find((role) => principal.bindings.some((binding) => binding.role === role)) ?? null;
}
