const MAX_SAID = 3;

/** What is new between two lists of `name: state`, as one sentence; a flood is counted instead of read out. */
export function describeChanges(before: readonly string[], after: readonly string[]): string {
  const known = new Set(before);
  const changed = after.filter((line) => !known.has(line));
  if (changed.length > MAX_SAID) return `${changed.length} states changed`;
  return changed.join('. ');
}
