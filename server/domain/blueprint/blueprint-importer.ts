import type { AdjunctKind } from './adjunct-type.ts';
import type { BlueprintFormat, BlueprintInput } from './blueprint-input.ts';
import type { Findings } from './findings.ts';
import type { SourceMap } from './source-node.ts';
import type { BlueprintType } from './type-registry.ts';

/**
 * A plug-in of `plugins/importers`: another language for blueprints. It turns what was written into a CAMP tree whose values keep
 * the place where they stand in the foreign text, so that everything after it, from unknown types to config checks, points there.
 * Pure; what it does not support it says with a finding, never silently.
 */
export interface BlueprintImporter {
  /** Canonical id of the plug-in, which is the name of the format. */
  readonly id: BlueprintFormat;
  readonly title: string;
  /** One sentence on what it reads. */
  readonly description: string;
  /** `yaml`: the text is read as YAML first, within the limits. `text`: the importer reads the text itself. */
  readonly reads: 'yaml' | 'text';
  /** YAML tags that the language gives a meaning; every other is refused. */
  readonly tags?: readonly string[];
  /** True where the input is of this language. `source` is null for `text` importers. Cheap: looks at the first words or top keys only. */
  recognises(text: string, source: SourceMap | null): boolean;
  /** The same architecture as CAMP, or null when the findings say why there is none. */
  toCamp(read: ForeignBlueprint): SourceMap | null;
  /**
   * Files that the text refers to and the input does not have, by path relative to the main file; a folder ends with `/`. Who can
   * read them asks again with them in the input until nothing is missing.
   */
  missingFiles?(read: ForeignBlueprint): readonly string[];
}

export interface ForeignBlueprint {
  readonly input: BlueprintInput;
  /** The main text as values with places; null for `text` importers. */
  readonly source: SourceMap | null;
  readonly findings: Findings;
  /** What kind of entity the library calls by this name, `item` for one of its catalog; undefined where it knows none. */
  entityKindOf(name: string): BlueprintType['kind'] | 'item' | undefined;
  /** The same of policies, enrichers, initializers and the like. */
  adjunctKindOf(name: string): AdjunctKind | undefined;
}
