import { type BlueprintInput, type BlueprintParts, partsOf } from '../../domain/blueprint/blueprint-input.ts';
import type { Generation } from '../../domain/entity/application.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { MASK } from '../../domain/shared/secret-names.ts';
import { firstErrorOf } from '../../engine/commands/first-error.ts';
import { restoreSecrets } from '../masking/mask-blueprint.ts';
import { restoreParts } from '../masking/mask-parts.ts';
import type { ApiServices } from '../request-context.ts';

type GivenBlueprint = Pick<BlueprintInput, 'text'> & { readonly [K in keyof BlueprintParts]?: BlueprintParts[K] | undefined };

export interface UnmaskedBlueprint {
  readonly text: string;
  readonly parts: BlueprintParts | undefined;
}

/**
 * The blueprint with the secrets of `before` where it says `***`: clients only ever see masked texts and no contents of files. Parts
 * that are not given are those of `before`; an empty one takes them away.
 * @throws ClockerError blueprint.invalid for a `***` that stands for nothing, and where it stands in a text that cannot be read
 */
export function unmaskBlueprint({ views }: ApiServices, given: GivenBlueprint, before: Generation | undefined): UnmaskedBlueprint {
  const { file, files, binaryFiles, contexts, overlays, variables, profiles, hostAccess } = given;
  const old = before?.parts;
  const wanted = partsOf({
    file: file ?? old?.file,
    files: files ?? old?.files,
    binaryFiles: binaryFiles ?? old?.binaryFiles,
    contexts: contexts ?? old?.contexts,
    overlays: overlays ?? old?.overlays,
    variables: variables ?? old?.variables,
    profiles: profiles ?? old?.profiles,
    // Allowed anew each time, by whoever sends it.
    hostAccess,
  });
  const restored = restoreSecrets(given.text, before?.text ?? '', views.secretKeys);
  if (restored.unreadable) throw firstErrorOf(restored.unreadable, 'The blueprint cannot be read');
  const parts = wanted && restoreParts(wanted, old, views.secretKeys);
  const missing = [...restored.missing, ...(parts?.missing ?? [])];
  if (missing.length === 0) return { text: restored.text, parts: parts?.parts };
  throw new ClockerError('blueprint.invalid', {
    message: `${missing.join(', ')}: ${MASK} stands for no secret that is known`,
    hint: 'Write the value itself.',
  });
}
