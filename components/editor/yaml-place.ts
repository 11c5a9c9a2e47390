/** What is being written at the cursor, told from the lines around it: the text need not be readable. */
export type YamlPlace =
  | { readonly kind: 'type'; readonly from: number }
  | { readonly kind: 'location'; readonly from: number }
  | { readonly kind: 'network'; readonly from: number }
  | { readonly kind: 'id'; readonly from: number }
  | { readonly kind: 'read'; readonly from: number; readonly what: 'sensor' | 'config'; readonly id: string }
  /** `inConfig`: only config keys stand there. */
  | { readonly kind: 'key'; readonly from: number; readonly type: string | null; readonly inConfig: boolean };

interface Line {
  readonly text: string;
  /** Of its first key. */
  readonly column: number;
}

/** Null where there is nothing to propose. */
export function yamlPlace(text: string, offset: number): YamlPlace | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/(?:^|\s)#/.test(before)) return null;
  const at = (written: string) => offset - written.length;
  const read = /\b(?:component|entity)\("([^"]*)"\)\.(attributeWhenReady|sensor|config)\("([^"]*)$/.exec(before);
  if (read) return { kind: 'read', from: at(read[3] ?? ''), what: read[2] === 'config' ? 'config' : 'sensor', id: read[1] ?? '' };
  const id = /\b(?:component|entity|sibling|child|descendant)\("([^"]*)$/.exec(before);
  if (id) return { kind: 'id', from: at(id[1] ?? '') };
  const value = /^\s*(?:- +)?([\w.]+):[ \t]+(?:\[(?:[^\]]*,)?[ \t]*)?([^\s,[\]]*)$/.exec(before);
  if (value) return placeOfValue(value[1] ?? '', at(value[2] ?? ''));
  const above = linesAbove(text.slice(0, lineStart));
  const item = /^\s*- +([\w.-]*)$/.exec(before);
  const key = /^([ \t]*(?:- +)?)([\w.-]*)$/.exec(before);
  if (item && above[0] !== undefined && keyAbove(above, before.search(/-/) + 1) === 'network.list')
    return { kind: 'network', from: at(item[1] ?? '') };
  if (!key) return null;
  const column = (key[1] ?? '').length;
  const type = typeAround(above, linesBelow(text, offset), column);
  return { kind: 'key', from: at(key[2] ?? ''), type, inConfig: keyAbove(above, column) === 'brooklyn.config' };
}

function placeOfValue(key: string, from: number): YamlPlace | null {
  if (key === 'type' || key === 'serviceType') return { kind: 'type', from };
  if (key === 'location') return { kind: 'location', from };
  return key === 'network.list' ? { kind: 'network', from } : null;
}

/** The nearest first. */
function linesAbove(text: string): readonly Line[] {
  return text.split('\n').slice(0, -1).toReversed().flatMap(toLine);
}

function linesBelow(text: string, offset: number): readonly Line[] {
  return text.slice(offset).split('\n').slice(1).flatMap(toLine);
}

function toLine(text: string): readonly Line[] {
  const lead = /^[ \t]*(?:- +)*/.exec(text)?.[0] ?? '';
  return text.trim() === '' || text.trim().startsWith('#') ? [] : [{ text, column: lead.length }];
}

/** The key of the map or list that the column is in. */
function keyAbove(above: readonly Line[], column: number): string | null {
  const parent = above.find((line) => line.column < column);
  return parent === undefined ? null : (/^\s*(?:- +)*["']?([^"':]+)["']?:/.exec(parent.text)?.[1] ?? null);
}

/** The type of the entity that a key at the column is of: of the lines around it, as far as those of the same entity go. */
function typeAround(above: readonly Line[], below: readonly Line[], column: number): string | null {
  let least = column;
  for (const line of above) {
    if (line.column > least) continue;
    const type = typeIn(line);
    if (type !== null) return type;
    least = line.column;
  }
  for (const line of below) {
    if (line.column < column || /^\s*-/.test(line.text)) return null;
    const type = line.column === column ? typeIn(line) : null;
    if (type !== null) return type;
  }
  return null;
}

function typeIn({ text }: Line): string | null {
  return /^\s*(?:- +)*(?:type|serviceType|service_type):\s*["']?([^\s"'#]+)/.exec(text)?.[1] ?? null;
}
