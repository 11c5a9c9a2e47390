import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';

/** What is different besides the main text, as people would say it. */
export function changedParts(before: BlueprintInput, after: BlueprintInput): readonly string[] {
  return [
    ...changes(before.files, after.files, 'replaced'),
    ...changes(asRecord(before.binaryFiles), asRecord(after.binaryFiles), 'replaced'),
    ...mergeChanges(before.overlays, after.overlays),
    ...changes(before.variables, after.variables, 'changed'),
    ...(after.profiles ?? []).flatMap((name) => (before.profiles?.includes(name) ? [] : [`profile ${name} is on`])),
    ...(before.profiles ?? []).flatMap((name) => (after.profiles?.includes(name) ? [] : [`profile ${name} is off`])),
    ...(before.hostAccess === after.hostAccess
      ? []
      : [after.hostAccess === true ? 'host access is allowed' : 'host access is not allowed any more']),
  ];
}

type Texts = Readonly<Record<string, string>>;

function changes(before: Texts = {}, after: Texts = {}, other: string): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    if (!Object.hasOwn(after, name)) return [`${name} removed`];
    if (!Object.hasOwn(before, name)) return [`${name} added`];
    return before[name] === after[name] ? [] : [`${name} ${other}`];
  });
}

function mergeChanges(before: readonly string[] = [], after: readonly string[] = []): readonly string[] {
  if (before.join('\n') === after.join('\n')) return [];
  return [after.length === 0 ? 'nothing is merged any more' : `merged in this order: ${after.join(', ')}`];
}

function asRecord(names: readonly string[] = []): Texts {
  return Object.fromEntries(names.map((name) => [name, '']));
}
