import type { BlueprintFormat } from '@/server/domain/blueprint/blueprint-input.ts';
import type { ExportFormat } from '@/server/domain/blueprint/convert-blueprint.ts';

export const FORMAT_TITLES: Readonly<Record<BlueprintFormat, string>> = {
  camp: 'CAMP',
  catalog: 'Catalog',
  compose: 'Compose',
  tosca: 'TOSCA',
  'docker-run': 'docker run',
};

const EXPORT_FORMATS: readonly ExportFormat[] = ['camp', 'compose'];

/** The languages that a blueprint can be shown in besides its own. */
export function otherLanguages(format: BlueprintFormat): readonly ExportFormat[] {
  return EXPORT_FORMATS.filter((other) => other !== format);
}
