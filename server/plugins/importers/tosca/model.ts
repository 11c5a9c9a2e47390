import type { SourceMap, SourceNode } from '../../../domain/blueprint/source-node.ts';
import type { IntrinsicFunction } from './evaluate.ts';
import type { Links } from './link-nodes.ts';
import type { Roles } from './roles.ts';
import type { Template } from './template.ts';
import type { NodeTemplate, Topology } from './topology.ts';

/** Everything that working out a value may look at. */
export interface Model {
  readonly template: Template;
  readonly topology: Topology;
  readonly links: Links;
  readonly roles: Roles;
  /** By name. */
  readonly functions: ReadonlyMap<string, IntrinsicFunction>;
  /** A template inside a value, as CAMP. */
  convert(source: SourceMap): SourceMap | null;
  /** Properties that are being worked out, outermost first. */
  readonly open: string[];
  /** Properties that have been worked out, by the node that holds the value; what they insert twice is worked out once. */
  readonly known: Map<NodeTemplate | null, Map<string, SourceNode | null>>;
  /** Properties that lead round in a circle, which has been said. */
  readonly circles: Set<string>;
}
