import type { TextRange } from '../../../domain/blueprint/findings.ts';
import type { SourceEntry, SourceMap, SourceNode } from '../../../domain/blueprint/source-node.ts';
import type { ArtifactDefinition, InterfaceDefinition, ResolvedType } from './definitions.ts';

/** What `topology_template` says, read and with what the types add, before anything is worked out. */
export interface Topology {
  readonly nodes: ReadonlyMap<string, NodeTemplate>;
  readonly relationships: ReadonlyMap<string, RelationshipAssignment>;
  readonly groups: ReadonlyMap<string, GroupTemplate>;
  readonly policies: readonly PolicyTemplate[];
  /** Values of the inputs, with functions. */
  readonly inputs: ReadonlyMap<string, SourceNode | null>;
  readonly outputs: readonly SourceEntry[];
}

export interface NodeTemplate {
  readonly name: string;
  /** Of its name. */
  readonly range: TextRange;
  /** What a person calls it. */
  readonly title: string;
  readonly typeName: string;
  readonly typeRange: TextRange;
  /** Null where the type is not known. */
  readonly type: ResolvedType | null;
  readonly properties: ReadonlyMap<string, SourceEntry>;
  readonly attributes: ReadonlyMap<string, SourceEntry>;
  readonly capabilities: ReadonlyMap<string, CapabilityAssignment>;
  readonly requirements: readonly RequirementAssignment[];
  readonly interfaces: ReadonlyMap<string, InterfaceDefinition>;
  readonly artifacts: ReadonlyMap<string, ArtifactDefinition>;
}

export interface CapabilityAssignment {
  readonly range: TextRange;
  readonly properties: ReadonlyMap<string, SourceEntry>;
}

export interface RequirementAssignment {
  readonly name: string;
  readonly range: TextRange;
  /** Name of a node template, or of a node type. */
  readonly node: string | null;
  readonly nodeRange: TextRange;
  readonly capability: string | null;
  readonly relationship: RelationshipAssignment | null;
  readonly filter: SourceMap | null;
}

export interface RelationshipAssignment {
  /** Type, or name of a relationship template; null where only properties are given. */
  readonly type: string | null;
  readonly range: TextRange;
  readonly properties: ReadonlyMap<string, SourceEntry>;
  readonly interfaces: ReadonlyMap<string, InterfaceDefinition>;
}

export interface GroupTemplate {
  readonly name: string;
  readonly range: TextRange;
  /** Each with its place. */
  readonly members: readonly SourceNode[];
}

/** A policy of the topology, or of a group as drafts and Brooklyn have it. */
export interface PolicyTemplate {
  readonly name: string;
  readonly range: TextRange;
  /** Null for one that only has a value: `- brooklyn.location: localhost`. */
  readonly type: string | null;
  readonly value: SourceNode;
  /** Names of nodes and groups; empty is the whole application. */
  readonly targets: readonly SourceNode[];
}
