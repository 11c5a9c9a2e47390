import type { ForeignBlueprint } from '../../../domain/blueprint/blueprint-importer.ts';
import type { BlueprintInput } from '../../../domain/blueprint/blueprint-input.ts';
import type { Findings } from '../../../domain/blueprint/findings.ts';
import type { SourceEntry, SourceMap } from '../../../domain/blueprint/source-node.ts';
import { type Budget, createBudget } from './budget.ts';
import type { Dialect } from './dialects.ts';
import { loadTemplates, type TemplateFile } from './load-templates.ts';
import { createTypeTable, type TypeTable } from './type-table.ts';

/** A service template with all that it imports. */
export interface Template {
  readonly input: BlueprintInput;
  readonly findings: Findings;
  /** See `ForeignBlueprint`. */
  readonly entityKindOf: ForeignBlueprint['entityKindOf'];
  readonly adjunctKindOf: ForeignBlueprint['adjunctKindOf'];
  readonly main: SourceMap;
  readonly files: readonly TemplateFile[];
  readonly dialect: Dialect;
  readonly types: TypeTable;
  readonly budget: Budget;
  /** By name; of all files, the main one first. */
  readonly repositories: ReadonlyMap<string, SourceEntry>;
}

/** Null where nothing was read as YAML. */
export function createTemplate(read: ForeignBlueprint, source: SourceMap): Template {
  const { findings, input } = read;
  const loaded = loadTemplates(read, source);
  const { files } = loaded;
  const budget = createBudget(findings);
  const [first] = files;
  const repositories = files.flatMap(({ source: map }) => {
    const section = map.entries.get('repositories')?.value;
    return section?.kind === 'map' ? [...section.entries] : [];
  });
  return {
    input,
    findings,
    entityKindOf: (name) => read.entityKindOf(name),
    adjunctKindOf: (name) => read.adjunctKindOf(name),
    main: first?.source ?? source,
    files,
    dialect: first?.dialect ?? { title: '1.3', draft: false },
    types: createTypeTable(loaded, budget, findings),
    budget,
    repositories: new Map(repositories.toReversed()),
  };
}
