import type { TextRange } from '../../../domain/blueprint/findings.ts';
import type { SourceNode } from '../../../domain/blueprint/source-node.ts';

/** Sections of a template that define types. */
export const TYPE_KINDS = [
  'node_types',
  'relationship_types',
  'capability_types',
  'data_types',
  'artifact_types',
  'policy_types',
  'group_types',
  'interface_types',
] as const;

export type TypeKind = (typeof TYPE_KINDS)[number];

/** What a value must be. */
export interface Schema {
  /** `string`, `scalar-unit.size`, or a data type. */
  readonly type: string;
  readonly range: TextRange;
  readonly constraints: readonly Constraint[];
  readonly entry: Schema | null;
}

export interface Constraint {
  readonly operator: string;
  readonly operand: SourceNode;
  readonly range: TextRange;
}

/** A property, attribute, input or parameter as a type declares it. */
export interface PropertyDefinition {
  readonly name: string;
  readonly range: TextRange;
  /** Null where a derived type only refines the value. */
  readonly schema: Schema | null;
  /** Undefined where it is not said. */
  readonly required: boolean | undefined;
  readonly description: string | null;
  /** Its default or fixed value; may hold functions. */
  readonly value: SourceNode | null;
}

export interface CapabilityDefinition {
  readonly name: string;
  readonly type: string;
  readonly range: TextRange;
  /** Those that it adds to, or refines of, its type. */
  readonly properties: ReadonlyMap<string, PropertyDefinition>;
}

export interface RequirementDefinition {
  readonly name: string;
  readonly range: TextRange;
  /** For short: a capability type or a node type. */
  readonly target: string | null;
  readonly capability: string | null;
  readonly node: string | null;
  readonly relationship: string | null;
  /** Fewest and most targets. */
  readonly occurrences: readonly [number, number];
}

export interface Implementation {
  /** Name of a file or of an artifact. */
  readonly name: string;
  readonly range: TextRange;
  readonly artifactType: string | null;
  readonly dependencies: readonly SourceNode[];
}

export interface OperationInput {
  readonly name: string;
  readonly range: TextRange;
  readonly value: SourceNode | null;
  readonly required: boolean;
}

export interface OperationDefinition {
  readonly name: string;
  readonly range: TextRange;
  readonly implementation: Implementation | null;
  readonly inputs: ReadonlyMap<string, OperationInput>;
}

export interface InterfaceDefinition {
  /** `Standard`, `Configure`, or as it is written. */
  readonly name: string;
  readonly range: TextRange;
  readonly operations: ReadonlyMap<string, OperationDefinition>;
}

export interface ArtifactDefinition {
  readonly name: string;
  readonly range: TextRange;
  readonly type: string | null;
  /** File, URL or image. Null where a type leaves it to the template. */
  readonly file: SourceNode | null;
  readonly repository: string | null;
}

export interface TypeDefinition {
  readonly kind: TypeKind;
  readonly name: string;
  readonly range: TextRange;
  /** One of TOSCA's own. */
  readonly normative: boolean;
  readonly derivedFrom: { readonly name: string; readonly range: TextRange } | null;
  readonly properties: ReadonlyMap<string, PropertyDefinition>;
  readonly attributes: ReadonlyMap<string, PropertyDefinition>;
  readonly capabilities: ReadonlyMap<string, CapabilityDefinition>;
  readonly requirements: ReadonlyMap<string, RequirementDefinition>;
  readonly interfaces: ReadonlyMap<string, InterfaceDefinition>;
  readonly artifacts: ReadonlyMap<string, ArtifactDefinition>;
  /** Of a data type. */
  readonly constraints: readonly Constraint[];
}

/** A type with everything that it inherits. */
export interface ResolvedType extends TypeDefinition {
  /** Its own name and those of the types that it derives from, nearest first. */
  readonly ancestry: readonly string[];
}
