import { mayOn, type ScopeChain } from '../api/access.ts';
import { entityChain, hostChain } from '../api/scopes.ts';
import type { TerminalTarget } from '../engine/terminals/terminal-target.ts';
import type { Principal } from '../ports/auth.ts';
import type { StoreView } from '../ports/store.ts';

/** Whether somebody may have this terminal, now. */
export function mayHold(principal: Principal, target: TerminalTarget, view: StoreView): boolean {
  const chain = chainOf(target, view);
  return chain !== null && mayOn(principal, permissionOf(target), chain);
}

export function chainOf(target: TerminalTarget, view: StoreView): ScopeChain | null {
  return target.kind === 'host' ? hostChain(view, target.hostId) : entityChain(view, target.entityId);
}

export function permissionOf({ kind }: TerminalTarget): 'terminal' | 'host-terminal' {
  return kind === 'host' ? 'host-terminal' : 'terminal';
}
