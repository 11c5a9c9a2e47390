import { type Findings, quoteText, type TextRange } from '../blueprint/findings.ts';
import { nearestNames, sayNearest } from '../blueprint/nearest-name.ts';
import type { SourceEntry, SourceMap, SourceNode } from '../blueprint/source-node.ts';

/** Where a finding about a value of a Compose file points. */
export function placeOf({ range }: { readonly range: TextRange }): { readonly range: TextRange; readonly path: string } {
  return { range, path: range.path ?? '' };
}

export function addValue(findings: Findings, node: SourceNode, message: string, hint?: string): void {
  findings.add('compose-value', { ...placeOf(node), message, hint });
}

export function addNote(findings: Findings, entry: SourceEntry, reason: string): void {
  findings.add('compose-note', { ...placeOf(entry), message: `${quoteText(entry.key)} ${reason}.` });
}

export function addNoEffect(findings: Findings, entry: SourceEntry, reason: string, hint?: string): void {
  findings.add('compose-no-effect', { ...placeOf(entry), message: `${quoteText(entry.key)} has no effect here: ${reason}.`, hint });
}

export function addUnsupported(findings: Findings, entry: SourceEntry, reason: string, hint?: string): void {
  findings.add('compose-unsupported', { ...placeOf(entry), message: `${quoteText(entry.key)} is not supported: ${reason}.`, hint });
}

export function addDangerous(findings: Findings, place: { readonly range: TextRange }, what: string, why: string): void {
  findings.add('compose-dangerous', { ...placeOf(place), message: `${quoteText(what)} is not allowed: ${why}.` });
}

/** Says every key of a map that the specification does not have there. Keys of users' own begin with `x-`. */
export function checkKeys(findings: Findings, map: SourceMap, known: readonly string[]): void {
  for (const entry of map.entries.values()) {
    if (!known.includes(entry.key) && !entry.key.startsWith('x-')) addUnknownKey(findings, entry, known);
  }
}

export function addUnknownKey(findings: Findings, entry: SourceEntry, known: readonly string[]): void {
  const [near, ...more] = findings.full ? [] : nearestNames(entry.key, known);
  findings.add('compose-key-unknown', {
    ...placeOf(entry),
    message: `${quoteText(entry.key)} is not a key here.`,
    hint: near === undefined ? 'Keys of your own begin with “x-”.' : sayNearest([near, ...more]),
    fix: near === undefined ? undefined : { title: `Rename to ${near}`, text: near },
  });
}
