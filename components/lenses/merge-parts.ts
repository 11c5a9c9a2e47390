import { type BlueprintParts, partsOf } from '../../server/domain/blueprint/blueprint-input.ts';

/** What comes with a text when two have changed it: each change is taken, and mine where both have changed one thing. */
export function mergeParts(before: BlueprintParts, mine: BlueprintParts, theirs: BlueprintParts): BlueprintParts | undefined {
  const names = (key: 'binaryFiles' | 'profiles') => Object.keys(merged(asRecord(before[key]), asRecord(mine[key]), asRecord(theirs[key])));
  return partsOf({
    file: changed(before.file, mine.file) ? mine.file : theirs.file,
    files: merged(before.files, mine.files, theirs.files),
    binaryFiles: names('binaryFiles'),
    contexts: merged(before.contexts, mine.contexts, theirs.contexts),
    overlays: changed(before.overlays?.join('\n'), mine.overlays?.join('\n')) ? mine.overlays : theirs.overlays,
    variables: merged(before.variables, mine.variables, theirs.variables),
    profiles: names('profiles'),
    hostAccess: changed(before.hostAccess, mine.hostAccess) ? mine.hostAccess : theirs.hostAccess,
  });
}

type Texts = Readonly<Record<string, string>>;

function merged(before: Texts = {}, mine: Texts = {}, theirs: Texts = {}): Texts {
  const own = Object.entries(mine).filter(([name, text]) => changed(before[name], text));
  const kept = Object.entries(theirs).filter(([name]) => Object.hasOwn(mine, name) || !Object.hasOwn(before, name));
  return Object.fromEntries([...kept, ...own]);
}

function changed<T>(before: T | undefined, after: T | undefined): boolean {
  return (before ?? null) !== (after ?? null);
}

function asRecord(names: readonly string[] = []): Texts {
  return Object.fromEntries(names.map((name) => [name, '']));
}
