/** A circle in a directed graph as `[a, b, a]`, or null when there is none. Without recursion: graphs may be long chains. */
export function findCircle(links: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | null {
  const done = new Set<string>();
  for (const start of links.keys()) {
    if (done.has(start)) continue;
    const path: string[] = [];
    const onPath = new Set<string>();
    const pending: { readonly node: string; readonly leave: boolean }[] = [{ node: start, leave: false }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next.leave) {
        path.pop();
        onPath.delete(next.node);
        done.add(next.node);
      } else if (onPath.has(next.node)) return [...path.slice(path.indexOf(next.node)), next.node];
      else if (!done.has(next.node)) {
        path.push(next.node);
        onPath.add(next.node);
        pending.push({ node: next.node, leave: true });
        for (const node of links.get(next.node) ?? []) pending.push({ node, leave: false });
      }
    }
  }
  return null;
}
