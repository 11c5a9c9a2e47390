import type { TypeKind } from '../definitions.ts';
import type { Plain } from '../place-source.ts';
import { CAPABILITY_TYPES } from './capability-types.ts';
import { NODE_TYPES } from './node-types.ts';
import { ARTIFACT_TYPES, DATA_TYPES, GROUP_TYPES, POLICY_TYPES, RELATIONSHIP_TYPES } from './other-types.ts';

export type NormativeTypes = Readonly<Record<string, Plain>>;

/**
 * The types that TOSCA Simple Profile in YAML defines (sections 5 and 8 of its versions, under the names of all of them), those of its
 * non-normative chapters that templates use, and those of the archives `brooklyn-types` and `alien-base-types`.
 */
export const NORMATIVE: Readonly<Record<TypeKind, NormativeTypes>> = {
  node_types: NODE_TYPES,
  relationship_types: RELATIONSHIP_TYPES,
  capability_types: CAPABILITY_TYPES,
  data_types: DATA_TYPES,
  artifact_types: ARTIFACT_TYPES,
  policy_types: POLICY_TYPES,
  group_types: GROUP_TYPES,
  interface_types: {
    'tosca.interfaces.Root': {},
    'tosca.interfaces.node.lifecycle.Standard': {},
    'tosca.interfaces.relationship.Configure': {},
  },
};
