import { type Findings, joinPath, quoteText } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from './source-node.ts';

const ID = /^[A-Za-z0-9](?!.*\.\.)[A-Za-z0-9._-]{0,62}$/;
/** Characters that are not seen or change the direction of what follows, and control characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/** The map below a key, or null with a finding when something else stands there. */
export function mapOf(entry: SourceEntry | undefined, path: string, findings: Findings): SourceMap | null {
  if (entry === undefined || isNothing(entry.value)) return null;
  if (entry.value.kind === 'map') return entry.value;
  findings.add('value-kind', { range: entry.value.range, path, message: `${quoteText(entry.key)} needs a map of keys and values.` });
  return null;
}

export function listOf(entry: SourceEntry | undefined, path: string, findings: Findings): readonly SourceNode[] {
  if (entry === undefined || isNothing(entry.value)) return [];
  if (entry.value.kind === 'list') return entry.value.items;
  const hint = 'Begin each item with “- ”.';
  findings.add('value-kind', { range: entry.value.range, path, message: `${quoteText(entry.key)} needs a list.`, hint });
  return [];
}

/**
 * `id`, or null when there is none or it cannot be one. Each may occur once in a text: `within` tells texts apart, and is null where
 * an id may be that of another.
 */
export function readId(map: SourceMap, path: string, within: string | null, state: PlanState): string | null {
  const entry = map.entries.get('id') ?? map.entries.get('camp.plan.id');
  if (entry === undefined || isNothing(entry.value)) return null;
  const text = textOf(entry.value) ?? '';
  const place = { range: entry.value.range, path: joinPath(path, entry.key) };
  if (!ID.test(text)) {
    const hint = 'Use letters, digits, “.”, “_” and “-”, beginning with a letter or digit; at most 63.';
    state.findings.add('id-invalid', { ...place, message: `${quoteText(text)} cannot be an id.`, hint });
    return null;
  }
  const key = `${within ?? ''} ${text}`;
  if (within !== null && state.ids.has(key)) {
    state.findings.add('id-duplicate', { ...place, message: `The id ${quoteText(text)} is given to two services.`, hint: 'Rename one.' });
    return null;
  }
  if (within !== null) state.ids.set(key, entry.value.range);
  return text;
}

export function readName(map: SourceMap, path: string, state: PlanState): string | null {
  const entry = map.entries.get('name');
  if (entry === undefined || isNothing(entry.value)) return null;
  const text = (textOf(entry.value) ?? '').normalize('NFC').trim();
  const wrong =
    text === ''
      ? 'is empty'
      : [...text].length > 120
        ? 'is longer than 120 characters'
        : INVISIBLE.test(text)
          ? 'has invisible characters'
          : null;
  if (wrong === null) return text;
  const place = { range: entry.value.range, path: joinPath(path, 'name') };
  state.findings.add('name-invalid', { ...place, message: `The name ${quoteText(text)} ${wrong}.` });
  return null;
}

export function isNothing(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
