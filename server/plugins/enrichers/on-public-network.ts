import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { ADDRESS_ENRICHER_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s OnPublicNetworkEnricher. */
export const plugin: AdjunctType = {
  id: 'on-public-network',
  title: 'Public addresses',
  description: 'Publishes addresses and ports as they are reached from outside.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.core.network.OnPublicNetworkEnricher'),
  config: z.looseObject(ADDRESS_ENRICHER_CONFIG),
  flags: {},
  planned: true,
};
