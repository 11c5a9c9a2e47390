/**
 * The names most like `name`, best first: those within a third of its length in edits (Damerau-Levenshtein, restricted), case
 * ignored, and for dotted names those that end in the same last part.
 */
export function nearestNames(name: string, names: Iterable<string>, most = 3): readonly string[] {
  const wanted = name.slice(0, 80).toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const close: { readonly name: string; readonly distance: number }[] = [];
  for (const candidate of new Set(names)) {
    const distance = nameDistance(wanted, candidate.toLowerCase(), limit);
    if (distance <= limit) close.push({ name: candidate, distance });
  }
  return close
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map((item) => item.name);
}

/** `Did you mean “services”?`, or undefined when nothing is near. */
export function didYouMean(name: string, names: Iterable<string>): string | undefined {
  return sayNearest(nearestNames(name, names));
}

export function sayNearest(near: readonly string[]): string | undefined {
  return near.length === 0 ? undefined : `Did you mean ${near.map((item) => `“${item}”`).join(' or ')}?`;
}

function nameDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  const lastOfA = a.slice(a.lastIndexOf('.') + 1);
  const lastOfB = b.slice(b.lastIndexOf('.') + 1);
  if (lastOfA.length > 3 && lastOfA === lastOfB) return 1;
  return editDistance(a, b, limit);
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}
