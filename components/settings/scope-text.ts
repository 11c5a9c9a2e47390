import type { Scope } from '@/server/ports/auth.ts';

/** `everything`, or the cloud or application by name where it is known. */
export function scopeText(scope: Scope, names: ReadonlyMap<string, string> = new Map()): string {
  if (scope === 'system') return 'everything';
  const [kind, id = ''] = scope.split(':');
  return `${kind} ${names.get(id) ?? id}`;
}
