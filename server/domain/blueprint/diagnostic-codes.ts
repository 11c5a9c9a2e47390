import { CAMP_CODES } from './codes/camp-codes.ts';
import { CATALOG_CODES } from './codes/catalog-codes.ts';
import { COMPOSE_CODES } from './codes/compose-codes.ts';
import type { DiagnosticMeanings } from './codes/diagnostic-meaning.ts';
import { DSL_CODES } from './codes/dsl-codes.ts';
import { TOSCA_CODES } from './codes/tosca-codes.ts';
import { TYPE_CODES } from './codes/type-codes.ts';
import { YAML_CODES } from './codes/yaml-codes.ts';

/** Every finding that reading a blueprint can give, by area; a code belongs to one. */
export const DIAGNOSTICS = {
  ...CAMP_CODES,
  ...CATALOG_CODES,
  ...COMPOSE_CODES,
  ...DSL_CODES,
  ...TOSCA_CODES,
  ...TYPE_CODES,
  ...YAML_CODES,
};

/** True for a finding that is no error, yet keeps a blueprint from being deployed. */
export function refusesDeploy(code: string): boolean {
  const meanings: DiagnosticMeanings = DIAGNOSTICS;
  return meanings[code]?.refusesDeploy === true;
}

export type DiagnosticCode = keyof typeof DIAGNOSTICS;
