import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName, sensorNames } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s OnPublicNetworkEnricher. */
export const plugin: AdjunctType = {
  id: 'on-public-network',
  title: 'Public addresses',
  description: 'Publishes addresses and ports as they are reached from outside.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.core.network.OnPublicNetworkEnricher'),
  config: z.looseObject({
    sensors: optional(sensorNames, 'Sensors'),
    mapMatching: optional(text, 'Sensors whose names match', 'A regular expression.'),
    sensorNameConverter: optional(anything, 'Names of the published sensors'),
    portForwardManager: optional(anything, 'Port forwarding'),
    addressSensor: optional(sensorName, 'Sensor of the address'),
  }),
  flags: {},
  planned: true,
};
