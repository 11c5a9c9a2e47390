import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import { MASK } from '../../domain/shared/secret-names.ts';
import { maskValue } from './mask-value.ts';

/** What came with a blueprint as it may be shown: of files their names only, as any of them may hold a secret. */
export function maskParts(parts: BlueprintParts, secretKeys: ReadonlySet<string>): BlueprintParts {
  const { files, variables } = parts;
  return {
    ...parts,
    ...(files ? { files: mapValues(files, () => MASK) } : {}),
    ...(variables ? { variables: maskValue(variables, secretKeys) } : {}),
  };
}

/**
 * Puts back what `before` has where `parts` is masked; `missing` lists what it does not have, which the caller has to refuse.
 */
export function restoreParts(
  parts: BlueprintParts,
  before: BlueprintParts | undefined,
  secretKeys: ReadonlySet<string>,
): { readonly parts: BlueprintParts; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const shown = before && maskParts(before, secretKeys);
  const restore = (kind: 'files' | 'variables') => (given: string, name: string) => {
    if (!given.includes(MASK) || (kind === 'files' && given !== MASK)) return given;
    const known = before?.[kind]?.[name];
    if (known !== undefined && shown?.[kind]?.[name] === given) return known;
    missing.push(`${kind}/${name}`);
    return given;
  };
  const restored: BlueprintParts = {
    ...parts,
    ...(parts.files ? { files: mapValues(parts.files, restore('files')) } : {}),
    ...(parts.variables ? { variables: mapValues(parts.variables, restore('variables')) } : {}),
  };
  return { parts: restored, missing };
}

function mapValues(
  values: Readonly<Record<string, string>>,
  map: (value: string, key: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value, key)]));
}
