import type { BadInput } from './bad-input.ts';
import { CAMP_ROWS } from './camp-rows.ts';
import { COMPOSE_ROWS } from './compose-rows.ts';
import { CONFIG_ROWS } from './config-rows.ts';
import { DSL_ROWS } from './dsl-rows.ts';
import { CATALOG_ROWS, DOCKER_RUN_ROWS, TOSCA_ROWS } from './other-rows.ts';
import { YAML_ROWS } from './yaml-rows.ts';

/** Every bad text that is read as a blueprint. */
export const BAD_BLUEPRINTS: readonly BadInput[] = [
  ...YAML_ROWS,
  ...DSL_ROWS,
  ...CAMP_ROWS,
  ...CONFIG_ROWS,
  ...COMPOSE_ROWS,
  ...TOSCA_ROWS,
  ...DOCKER_RUN_ROWS,
];

/** Every bad text that is read as a catalog. */
export const BAD_CATALOGS: readonly BadInput[] = CATALOG_ROWS;
