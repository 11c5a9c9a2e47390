import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';

/** Type of what has all that is below it on one host. */
export const SAME_SERVER = 'same-server';

/** It tells where its children are. */
export function toSameServer(spec: EntitySpec): EntitySpec {
  const first = (sensor: string): AdjunctSpec => ({
    ...{ type: 'aggregator', id: `first ${sensor}` },
    config: { 'enricher.aggregating.fromChildren': true, 'enricher.sourceSensor': sensor, 'enricher.transformation': 'first' },
  });
  return { ...spec, enrichers: [first('host.name'), first('host.address'), ...(spec.enrichers ?? [])] };
}
