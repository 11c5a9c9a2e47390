import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { propagate, propagationOf } from '../../domain/enricher/propagate.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName, sensorNames } from '../../domain/entity-types/config-values.ts';

const config = z.looseObject({
  ...ENRICHER_CONFIG,
  'enricher.propagating.inclusions': optional(sensorNames, 'Sensors'),
  'enricher.propagating.propagatingAll': optional(boolean, 'All sensors'),
  'enricher.propagating.propagatingAllBut': optional(sensorNames, 'All sensors but these'),
  'enricher.propagating.sensorMapping': optional(z.record(z.string(), sensorName), 'Sensors under another name', 'Its sensor: ours.'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s Propagator. */
export const plugin: AdjunctType<Config, undefined> = {
  id: 'propagator',
  title: 'Propagator',
  description: 'Publishes sensors of another entity as its own.',
  kind: 'enricher',
  aliases: classNames(
    'brooklyn.enricher.basic.Propagator',
    'org.apache.brooklyn.enricher.stock.Propagator',
    'brooklyn.enricher.basic.SensorPropagatingEnricher',
  ),
  config,
  flags: {
    ...ENRICHER_FLAGS,
    propagating: 'enricher.propagating.inclusions',
    propagatingAll: 'enricher.propagating.propagatingAll',
    propagatingAllBut: 'enricher.propagating.propagatingAllBut',
    sensorMapping: 'enricher.propagating.sensorMapping',
  },
  planned: false,
  behaviour: {
    watches: (given, looking) => propagationOf(given, looking).watches,
    decide: (input) => propagate(input, propagationOf(input.config, input)),
  },
};
