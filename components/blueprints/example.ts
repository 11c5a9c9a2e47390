export interface Example {
  /** File name without its ending. */
  readonly id: string;
  /** `name:` of the blueprint. */
  readonly title: string;
  /** The comment at its top. */
  readonly about: string;
  readonly text: string;
}

/** A blueprint file as something to start from. */
export function toExample(id: string, text: string): Example {
  const lines = text.split(/\r?\n/);
  const firstCode = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  const about = lines
    .slice(0, firstCode < 0 ? lines.length : firstCode)
    .map((line) => line.replace(/^#\s?/, '').trim())
    .filter(Boolean)
    .join(' ');
  const name = lines.map((line) => /^name:\s*(.+)$/.exec(line)?.[1]).find(Boolean);
  return { id, title: name?.replace(/^["']|["']$/g, '') ?? id, about, text };
}
