import type { Findings } from '../../../domain/blueprint/findings.ts';
import type { SourceMap } from '../../../domain/blueprint/source-node.ts';
import type { ProjectFiles } from './project-files.ts';

/** What reading the files of one project gathers on its way. An included project has its own, with the same files and findings. */
export interface ProjectReader {
  readonly findings: Findings;
  readonly files: ProjectFiles;
  /** Variables that were told to be missing. */
  readonly told: Set<string>;
  /** Services that are completed by the one that they extend, by file and name. */
  readonly extended: Map<string, SourceMap>;
  /** Files that services extend from. */
  readonly extendedFiles: Map<string, SourceMap>;
  /** Variables by the file that they are for. */
  readonly scopes: Map<string, (name: string) => string | undefined>;
  readonly budget: Budget;
  variable(name: string): string | undefined;
  /** Counts a map that merging made; empty, with a finding, once there are more values than a blueprint may have. */
  spend(map: SourceMap): SourceMap;
}

/** What is left for a whole project, included ones too. */
export interface Budget {
  values: number;
  files: number;
}

export function createBudget(): Budget {
  return { values: 100_000, files: 50 };
}

export function spendFrom(budget: Budget, findings: Findings): (map: SourceMap) => SourceMap {
  return (map) => {
    const before = budget.values;
    budget.values -= map.values;
    if (budget.values >= 0) return map;
    const message = 'Services that extend each other have more values than a blueprint may have.';
    if (before >= 0) findings.add('too-large', { range: map.range, path: map.range.path ?? '', message, hint: 'Split the blueprint.' });
    return { ...map, entries: new Map(), values: 1, depth: 1 };
  };
}
