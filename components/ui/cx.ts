/** Joins class names, leaving out what is falsy. Later classes do not override earlier ones: give each property once. */
export function cx(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
