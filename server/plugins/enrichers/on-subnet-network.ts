import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorName, sensorNames } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s OnSubnetNetworkEnricher. */
export const plugin: AdjunctType = {
  id: 'on-subnet-network',
  title: 'Addresses in the network',
  description: 'Publishes addresses and ports as they are reached inside the network.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.core.network.OnSubnetNetworkEnricher'),
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
