/** Lines of `grep -H` output by file name. Lines without a file name are left out; a file name never holds a colon here. */
export function parseGrepOutput(output: string): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const path = line.slice(0, colon);
    const lines = files.get(path);
    if (lines) lines.push(line.slice(colon + 1));
    else files.set(path, [line.slice(colon + 1)]);
  }
  return files;
}

/** A whole number of 0 or more, else null: what a host answers is never trusted to be one. */
export function toCount(text: string | undefined): number | null {
  if (text === undefined || !/^[0-9]{1,20}$/.test(text.trim())) return null;
  return Number(text);
}

/** The number behind a key in lines such as `usage_usec 123` or `MemTotal:  123 kB`. */
export function countOf(lines: readonly string[] | undefined, key: string): number | null {
  const line = lines?.find((candidate) => candidate.startsWith(key));
  return line === undefined ? null : toCount(/([0-9]+)/.exec(line.slice(key.length))?.[1]);
}
