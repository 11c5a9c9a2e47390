export interface CodeEntry {
  readonly code: string;
  readonly meaning: string;
  readonly remedy: string;
}

export interface CodeSection {
  readonly title: string;
  readonly entries: readonly CodeEntry[];
}

/** The tables of docs/diagnostics.md: code first, then the meaning, what to do last where there is such a column. */
export function parseCodes(markdown: string): readonly CodeSection[] {
  const sections: { title: string; entries: CodeEntry[] }[] = [];
  for (const line of markdown.split('\n')) {
    if (line.startsWith('## ')) sections.push({ title: line.slice(3).trim(), entries: [] });
    const cells = line.startsWith('|') ? line.slice(1, line.lastIndexOf('|')).split('|').map(toPlain) : [];
    const code = /^`([a-z0-9.-]+)`$/.exec(line.slice(1).split('|')[0]?.trim() ?? '')?.[1];
    const texts = cells.slice(1);
    const remedy = texts.length > 1 ? (texts.pop() ?? '') : '';
    if (code) sections.at(-1)?.entries.push({ code, meaning: texts.at(-1) ?? '', remedy });
  }
  return sections.filter((section) => section.entries.length > 0);
}

function toPlain(cell: string): string {
  return cell.trim().replaceAll('`', '');
}
