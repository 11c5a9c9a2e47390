import { CAMP_CODES } from './codes/camp-codes.ts';
import { CATALOG_CODES } from './codes/catalog-codes.ts';
import { COMPOSE_CODES } from './codes/compose-codes.ts';
import { DSL_CODES } from './codes/dsl-codes.ts';
import { TOSCA_CODES } from './codes/tosca-codes.ts';
import { YAML_CODES } from './codes/yaml-codes.ts';

/** Every finding that reading a blueprint can give, by area; a code belongs to one. */
export const DIAGNOSTICS = { ...CAMP_CODES, ...CATALOG_CODES, ...COMPOSE_CODES, ...DSL_CODES, ...TOSCA_CODES, ...YAML_CODES };

export type DiagnosticCode = keyof typeof DIAGNOSTICS;
