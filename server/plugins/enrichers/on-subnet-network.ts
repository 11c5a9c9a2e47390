import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { ADDRESS_ENRICHER_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s OnSubnetNetworkEnricher. */
export const plugin: AdjunctType = {
  id: 'on-subnet-network',
  title: 'Addresses in the network',
  description: 'Publishes addresses and ports as they are reached inside the network.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.core.network.OnSubnetNetworkEnricher'),
  config: z.looseObject(ADDRESS_ENRICHER_CONFIG),
  flags: {},
  planned: true,
};
