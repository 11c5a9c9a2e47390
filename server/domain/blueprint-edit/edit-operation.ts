import type { EditValue } from './written-node.ts';
import type { YamlPath } from './yaml-path.ts';

/** A change of what a text says, by path. Paths are those of the text before the operation. */
export type EditOperation = SetOperation | InsertOperation | RemoveOperation | RenameOperation | MoveOperation | CopyOperation;

/** The value at a path; keys that are not there are added at the end of their maps. */
export interface SetOperation {
  readonly kind: 'set';
  readonly path: YamlPath;
  readonly value: EditValue;
}

/** A new item of a list, or a new key of a map. The collection is made when it is not there. */
export interface InsertOperation {
  readonly kind: 'insert';
  /** Of the list or map. */
  readonly into: YamlPath;
  /** For a map. */
  readonly key?: string;
  readonly value: EditValue;
  /** Position among the items; at the end without one. */
  readonly at?: number;
}

export interface RemoveOperation {
  readonly kind: 'remove';
  readonly path: YamlPath;
  readonly whenEmpty?: WhenEmpty;
}

/** What becomes of a list or map that loses its last item: `[]` or `{}` is written, or its own key goes as well. */
export type WhenEmpty = 'keep' | 'remove';

/** Another key for the value at a path. */
export interface RenameOperation {
  readonly kind: 'rename';
  readonly path: YamlPath;
  readonly key: string;
}

/** An item of a list into a list, or a key of a map into a map, with its comments. */
export interface MoveOperation {
  readonly kind: 'move';
  readonly path: YamlPath;
  readonly into: YamlPath;
  /** Position that it then has; at the end without one. */
  readonly at?: number;
  /** What becomes of the list or map that it leaves empty. */
  readonly whenEmpty?: WhenEmpty;
}

export interface CopyOperation {
  readonly kind: 'copy';
  readonly path: YamlPath;
  readonly into: YamlPath;
  /** For a map: the key of the copy. */
  readonly key?: string;
  readonly at?: number;
}
