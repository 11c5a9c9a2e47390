export type Role = 'viewer' | 'operator' | 'admin';
/** `terminal`: a shell in a container; `host-terminal`: a shell on a host. */
export type Permission = 'read' | 'operate' | 'terminal' | 'administer' | 'host-terminal';

/** `system` includes all clouds and applications; a cloud includes the applications in it. */
export type Scope = 'system' | `cloud:${string}` | `application:${string}`;

export interface RoleBinding {
  readonly role: Role;
  readonly scope: Scope;
}

/** Who calls. Bindings of a token are cut to what its user still has. */
export interface Principal {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly via: 'session' | 'token';
  /** Of the session or the token: what was handed out to one is of no use to another. */
  readonly sessionId: string;
  readonly bindings: readonly RoleBinding[];
}

export interface UserView {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly bindings: readonly RoleBinding[];
  readonly createdAt: number;
}

export interface TokenView {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  /** First characters, to recognise it by. */
  readonly prefix: string;
  readonly role: Role;
  readonly scope: Scope;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
}

export interface Auth {
  /** Null for anonymous, unknown, expired or revoked. Never throws for bad credentials. */
  authenticate(headers: Headers): Promise<Principal | null>;
  /** False once the first administrator exists. */
  setupNeeded(): Promise<boolean>;
  /** The one-time set-up token, made anew at each start while set-up is needed; null afterwards. Printed to the terminal only. */
  setupToken(): Promise<string | null>;
  /** @throws ClockerError auth.forbidden when the token is wrong or used. */
  createFirstAdmin(input: { token: string; username: string; name: string; password: string }): Promise<void>;
  listUsers(): Promise<readonly UserView[]>;
  createUser(input: { username: string; name: string; password: string; bindings: readonly RoleBinding[] }): Promise<UserView>;
  setBindings(userId: string, bindings: readonly RoleBinding[]): Promise<void>;
  removeUser(userId: string): Promise<void>;
  listTokens(userId: string): Promise<readonly TokenView[]>;
  /** The secret is shown once. */
  createToken(input: {
    userId: string;
    name: string;
    role: Role;
    scope: Scope;
    expiresInDays: number;
  }): Promise<{ token: string; view: TokenView }>;
  revokeToken(userId: string, tokenId: string): Promise<void>;
  /** Called when a user's sessions or tokens ended: open streams of that user are closed. */
  onRevoked(listener: (userId: string) => void): () => void;
}
