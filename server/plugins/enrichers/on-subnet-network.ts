import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { mappedSensors, onNetwork } from '../../domain/enricher/on-network.ts';
import { ADDRESS_ENRICHER_CONFIG, ADDRESS_ENRICHER_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

const config = z.looseObject(ADDRESS_ENRICHER_CONFIG);

/** Brooklyn’s OnSubnetNetworkEnricher. */
export const plugin: AdjunctType<z.infer<typeof config>> = {
  id: 'on-subnet-network',
  title: 'Addresses in the network',
  description: 'Publishes addresses and ports as they are reached inside the network.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.core.network.OnSubnetNetworkEnricher'),
  config,
  flags: {},
  planned: false,
  plannedKeys: ADDRESS_ENRICHER_PLANNED,
  publishes: (given) => mappedSensors(given, 'subnet'),
  behaviour: onNetwork('subnet'),
};
