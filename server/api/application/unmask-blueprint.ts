import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { restoreSecrets } from '../masking/mask-blueprint.ts';
import { MASK } from '../masking/secret-names.ts';
import type { ApiServices } from '../request-context.ts';

/**
 * The blueprint with the secrets of `before` where it says `***`: clients only ever see masked texts.
 * @throws ClockerError blueprint.invalid for a `***` that stands for nothing
 */
export function unmaskBlueprint({ views }: ApiServices, text: string, before: string): string {
  const restored = restoreSecrets(text, before, views.secretKeys);
  if (restored.missing.length === 0) return restored.text;
  throw new ClockerError('blueprint.invalid', {
    message: `${restored.missing.join(', ')}: ${MASK} stands for no secret that is known`,
    hint: 'Write the value itself.',
  });
}
