import type { TextRange } from '../blueprint/findings.ts';
import type { EditValue } from './written-node.ts';
import { isSamePath, type YamlPath } from './yaml-path.ts';

/** A blueprint as the canvas draws it. Paths are those of the text, and name its parts from one drawing to the next. */
export interface BlueprintGraph {
  readonly format: 'camp' | 'compose';
  /** The application first, parents before what is in them, in the order of the text. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export type NodeRole =
  | 'application'
  | 'service'
  | 'child'
  | 'member'
  | 'first-member'
  | 'spec'
  | 'policy'
  | 'enricher'
  | 'initializer'
  | 'network'
  | 'volume'
  | 'secret'
  | 'config';

export interface GraphNode {
  readonly path: YamlPath;
  readonly role: NodeRole;
  readonly parent: YamlPath | null;
  /** The type, or the image of a Compose service. */
  readonly type: string | null;
  /** The id; for Compose the key. */
  readonly id: string | null;
  readonly name: string | null;
  /** All that is written in it but for other nodes. */
  readonly fields: readonly GraphField[];
  /** In the text. */
  readonly range: TextRange;
}

export interface GraphField {
  readonly key: string;
  readonly path: YamlPath;
  /** Where in its node it stands. */
  readonly place: 'root' | 'brooklyn.config' | 'brooklyn.flags';
  readonly value: EditValue;
  /** An alias or a merge brings it here: editing it overrides it here. */
  readonly shared: boolean;
}

export type EdgeKind = 'sensor' | 'config' | 'entity' | 'network' | 'depends-on' | 'link' | 'volume' | 'secret' | 'extends';

export interface GraphEdge {
  readonly from: YamlPath;
  /** Null when nothing in the blueprint is meant by it. */
  readonly to: YamlPath | null;
  readonly kind: EdgeKind;
  /** As written: an id, a name, or a function such as `parent()`. */
  readonly target: string;
  /** The sensor or config key that is read. */
  readonly name: string | null;
  /** Where the reference is written. */
  readonly at: YamlPath;
  /** The reference is the key at that path, or its value. */
  readonly written: 'key' | 'value';
}

export function findNode(graph: BlueprintGraph, path: YamlPath): GraphNode | undefined {
  return graph.nodes.find((node) => isSamePath(node.path, path));
}
