import type { Findings } from '../blueprint/findings.ts';
import type { SourceEntry, SourceMap } from '../blueprint/source-node.ts';

/** Entries of a top-level map of a Compose file by name. */
export type ComposeEntries = ReadonlyMap<string, SourceEntry>;

/** A Compose application after files were merged, variables put in and profiles applied. Ranges carry their path in the Compose file. */
export interface ComposeModel {
  readonly source: SourceMap;
  readonly name: SourceEntry | null;
  readonly services: ComposeEntries;
  readonly networks: ComposeEntries;
  readonly volumes: ComposeEntries;
  readonly configs: ComposeEntries;
  readonly secrets: ComposeEntries;
}

export interface ComposeContext {
  readonly model: ComposeModel;
  readonly findings: Findings;
  readonly files: ComposeFiles;
  /** Value of a variable of the project for what stands in the file `from`; undefined when it is not set. */
  variable(name: string, from?: string): string | undefined;
  /** Names of volumes that stand for empty folders beside the Compose file, by their path. */
  readonly folderVolumes: Map<string, string>;
}

/** Files that came with the Compose file, by path relative to it. */
export interface ComposeFiles {
  /** The path that `written` means in the file `from`, or why none can be meant. */
  resolve(written: string, from: string | undefined): { readonly path: string } | { readonly refused: string };
  /** Undefined for a file that did not come; it is noted as missing. */
  read(path: string): string | undefined;
  /** Paths of files below a folder; when there is none, the folder is noted as missing. */
  below(folder: string): readonly string[];
  /** True for a folder that was looked for and holds nothing, or is not there. */
  isEmpty(folder: string): boolean;
  /** True where any file of a folder that an image is built from came along, be it text or not; `.` is that of the Compose file. */
  hasContext(folder: string): boolean;
}

/** One service while it is turned into config. */
export interface ComposeService {
  readonly name: string;
  readonly entry: SourceEntry;
  readonly attributes: ReadonlyMap<string, SourceEntry>;
  readonly context: ComposeContext;
}
