export type Role = 'viewer' | 'operator' | 'admin';
/** `terminal`: a shell in a container; `host-terminal`: a shell on a host, which sees all that is there. */
export type Permission = 'read' | 'operate' | 'terminal' | 'administer' | 'host-terminal';
/** `system` includes all clouds and applications; a cloud includes the applications in it. */
export type Scope = 'system' | `cloud:${string}` | `application:${string}`;

export interface Binding {
  readonly role: Role;
  readonly scope: Scope;
}

const RANK: Readonly<Record<Role, number>> = { viewer: 1, operator: 2, admin: 3 };
const NEEDED: Readonly<Record<Permission, number>> = { read: 1, operate: 2, terminal: 2, administer: 3, 'host-terminal': 3 };

/**
 * Whether one of the bindings gives the permission. `scopes` is the chain that includes the thing asked for, for an application
 * `['application:x', 'cloud:y', 'system']`; a binding on any of them counts, and one on `system` always.
 */
export function allows(bindings: readonly Binding[], permission: Permission, scopes: readonly string[]): boolean {
  return bindings.some(({ role, scope }) => RANK[role] >= NEEDED[permission] && (scope === 'system' || scopes.includes(scope)));
}

/** All permissions that a role gives, weakest first. */
export function permissionsOf(role: Role): readonly Permission[] {
  return (['read', 'operate', 'terminal', 'administer', 'host-terminal'] as const).filter((permission) => RANK[role] >= NEEDED[permission]);
}

/** The cloud that an application runs in; undefined when it is not known. */
export type CloudOf = (applicationId: string) => string | undefined;

/**
 * What a token that asks for `wanted` may do while its user has `bindings`: in each place the weaker of both roles, in the narrower
 * of both scopes. Empty when they have nothing in common.
 */
export function cutBindings(wanted: Binding, bindings: readonly Binding[], cloudOf: CloudOf): readonly Binding[] {
  const cut = bindings.flatMap(({ role, scope }): readonly Binding[] => {
    const common = narrower(wanted.scope, scope, cloudOf);
    return common ? [{ role: RANK[role] < RANK[wanted.role] ? role : wanted.role, scope: common }] : [];
  });
  return cut.filter((binding, at) => cut.findIndex(({ role, scope }) => role === binding.role && scope === binding.scope) === at);
}

function narrower(a: Scope, b: Scope, cloudOf: CloudOf): Scope | null {
  if (includes(a, b, cloudOf)) return b;
  return includes(b, a, cloudOf) ? a : null;
}

function includes(wide: Scope, narrow: Scope, cloudOf: CloudOf): boolean {
  if (wide === 'system' || wide === narrow) return true;
  if (!wide.startsWith('cloud:') || !narrow.startsWith('application:')) return false;
  const cloudId = cloudOf(narrow.slice('application:'.length));
  return cloudId !== undefined && wide === `cloud:${cloudId}`;
}
