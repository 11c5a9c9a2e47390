import { type Findings, quoteText } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { isNothing, type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';

/** Reading keys of a template, each with its finding where something else stands there. Nothing (`key:`) is like a key left out. */

export function entriesOf(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  if (entry === undefined || isNothing(entry.value)) return [];
  if (entry.value.kind === 'map') return [...entry.value.entries.values()];
  const message = `${quoteText(entry.key)} needs a map of names and what they are.`;
  findings.add('value-kind', { range: entry.value.range, path: entry.key, message });
  return [];
}

export function itemsOf(entry: SourceEntry | undefined, findings: Findings): readonly SourceNode[] {
  if (entry === undefined || isNothing(entry.value)) return [];
  if (entry.value.kind === 'list') return entry.value.items;
  findings.add('value-kind', {
    range: entry.value.range,
    path: entry.key,
    message: `${quoteText(entry.key)} needs a list.`,
    hint: 'Begin each item with “- ”.',
  });
  return [];
}

/**
 * Named things that TOSCA writes as a list of maps with one key, and its drafts as a map or as a list whose items have further keys
 * beside the name (`- host: tosca.capabilities.Container` and `  relationship: …`).
 */
export function namedItems(entry: SourceEntry | undefined, findings: Findings): readonly NamedItem[] {
  if (entry === undefined || isNothing(entry.value)) return [];
  if (entry.value.kind === 'map') return [...entry.value.entries.values()].map((named) => ({ named, beside: new Map() }));
  return itemsOf(entry, findings).flatMap((item) => {
    const [named, ...beside] = item.kind === 'map' ? [...item.entries.values()] : [];
    if (named !== undefined) return [{ named, beside: new Map(beside.map((other) => [other.key, other])) }];
    const message = `An item of ${quoteText(entry.key)} is a name with what it stands for: “- name: …”.`;
    findings.add('value-kind', { range: item.range, path: entry.key, message });
    return [];
  });
}

export interface NamedItem {
  readonly named: SourceEntry;
  readonly beside: ReadonlyMap<string, SourceEntry>;
}

/** The text at a key, or null. */
export function textAt(map: SourceMap, key: string, findings: Findings): string | null {
  const entry = map.entries.get(key);
  if (entry === undefined || isNothing(entry.value)) return null;
  const text = textOf(entry.value);
  if (text === null) findings.add('value-kind', { range: entry.value.range, path: key, message: `${quoteText(key)} needs a text.` });
  return text?.trim() ?? null;
}

/** Keys that have no meaning here: an error where one may be meant, else a warning. */
export function checkKeys(entries: Iterable<SourceEntry>, known: readonly string[], findings: Findings): void {
  for (const { key, range } of entries) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    const near = findings.full ? [] : nearestNames(key, known);
    const message = `${quoteText(key)} is not a key here${near.length === 0 ? ' and has no effect' : ''}.`;
    const hint = sayNearest(near) ?? `Known are ${known.slice(0, 12).join(', ')}.`;
    const fix = near[0] === undefined ? undefined : { title: `Rename to ${near[0]}`, text: near[0] };
    findings.add(near.length === 0 ? 'key-ignored' : 'key-unknown', { range, path: key, message, hint, fix });
  }
}

/** `true`, `false`, and in quotes or the old way `yes`, `no`, `on`, `off`. */
export function toFlag(node: SourceNode | undefined): boolean | undefined {
  const text = textOf(node)?.toLowerCase();
  if (text === 'true' || text === 'yes' || text === 'on') return true;
  return text === 'false' || text === 'no' || text === 'off' ? false : undefined;
}

/** What nothing acts on is said, never left out silently. */
export function addNotSupported(entry: { readonly range: SourceEntry['range'] }, what: string, findings: Findings, hint?: string): void {
  findings.add('not-supported', { range: entry.range, path: '', message: `${what}.`, hint });
}
