import { foldPath } from '../archive/archive-path.ts';
import { displayNameProblem, toDisplayName } from '../entity/display-name.ts';
import { type Findings, joinPath, quoteText, type TextRange } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import { isNothing, type SourceEntry, type SourceMap, type SourceNode, textOf } from './source-node.ts';

const ID = /^[A-Za-z0-9](?!.*\.\.)[A-Za-z0-9._-]{0,62}$/;

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
  if (within !== null) {
    state.ids.set(key, entry.value.range);
    noteAlike('id', text, place, within, state);
  }
  return text;
}

/** `name`, or null when there is none or it cannot be one. `within` as for `readId`: names that read alike are told. */
export function readName(map: SourceMap, path: string, within: string | null, state: PlanState): string | null {
  const entry = map.entries.get('name');
  if (entry === undefined || isNothing(entry.value)) return null;
  const name = toDisplayName(textOf(entry.value) ?? '');
  const place = { range: entry.value.range, path: joinPath(path, 'name') };
  const wrong = displayNameProblem(name);
  if (wrong !== null) {
    const hint = 'A name has 1 to 120 visible characters.';
    state.findings.add('name-invalid', { ...place, message: `The name ${quoteText(name)} ${wrong}.`, hint });
    return null;
  }
  if (within !== null) noteAlike('name', name, place, within, state);
  return name;
}

function noteAlike(
  what: 'id' | 'name',
  text: string,
  place: { readonly range: TextRange; readonly path: string },
  within: string,
  state: PlanState,
): void {
  const key = `${what} ${within} ${foldPath(text)}`;
  const other = state.alike.get(key);
  if (other === undefined) state.alike.set(key, text);
  else if (other !== text) {
    const message = `The ${what}s ${quoteText(other)} and ${quoteText(text)} differ only in case or in how their letters are composed.`;
    state.findings.add('names-alike', { ...place, message, hint: 'Rename one, or write both in the same way.' });
  }
}
