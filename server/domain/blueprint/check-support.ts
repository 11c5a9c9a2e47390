import type { ConfigPlace } from './config-level.ts';
import { joinPath, quoteText, type TextRange } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import type { SourceNode } from './source-node.ts';
import type { BlueprintType, KeyNotes } from './type-registry.ts';

type SupportedType = Pick<BlueprintType, 'title' | 'planned' | 'unverified' | 'instead' | 'plannedKeys' | 'notHonoured'>;

/** Says what of a type, or of what is attached to an entity, nothing acts on yet, and which of the given keys are never obeyed. */
export function checkSupport(
  type: SupportedType,
  named: { readonly range: TextRange; readonly path: string },
  places: ReadonlyMap<string, ConfigPlace>,
  state: PlanState,
): void {
  const { instead } = type;
  const better = instead === undefined ? {} : { hint: `Use ${instead}.`, fix: { title: `Use ${instead} instead`, text: instead } };
  if (type.planned === true) {
    const message = `Nothing acts on ${quoteText(type.title)} yet: it is checked and planned, not deployed.`;
    state.findings.add('type-planned', { ...named, message, ...better });
  }
  if (type.unverified !== undefined) {
    const message = `${quoteText(type.title)} was never tried with ${type.unverified}.`;
    state.findings.add('type-unverified', { ...named, message, ...better });
  }
  for (const { key, why, range, path } of notesOn(places, type.plannedKeys ?? {})) {
    const message = `Nothing acts on ${quoteText(key)} yet: ${why}.`;
    state.findings.add('key-planned', { range, path, message });
  }
  for (const { key, why, range, path } of notesOn(places, type.notHonoured ?? {})) {
    state.findings.add('key-not-honoured', { range, path, message: `${quoteText(key)} is not honoured: ${why}.` });
  }
}

interface NotedKey {
  readonly key: string;
  readonly why: string;
  readonly range: TextRange;
  readonly path: string;
}

/** The given keys that have a note. One that says `false` asks for nothing. */
function notesOn(places: ReadonlyMap<string, ConfigPlace>, notes: KeyNotes): readonly NotedKey[] {
  return [...places].flatMap(([key, place]): readonly NotedKey[] => {
    const note = Object.hasOwn(notes, key) ? notes[key] : undefined;
    if (note === undefined || isFalse(place.node)) return [];
    if (typeof note === 'string') return [{ key, why: note, range: place.keyRange, path: place.path }];
    if (place.node?.kind !== 'map') return [];
    return [...place.node.entries.values()].flatMap((entry) => {
      const why = Object.hasOwn(note, entry.key) ? note[entry.key] : undefined;
      if (why === undefined || isFalse(entry.value)) return [];
      return [{ key: entry.key, why, range: entry.range, path: joinPath(place.path, entry.key) }];
    });
  });
}

function isFalse(node: SourceNode | null): boolean {
  return node?.kind === 'scalar' && (node.value === false || node.value === 'false');
}
