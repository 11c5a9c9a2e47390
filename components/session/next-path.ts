/** Where to go after signing in: a path of this site, never another one. */
export function toNextPath(next: string | null): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/applications';
  return next;
}
