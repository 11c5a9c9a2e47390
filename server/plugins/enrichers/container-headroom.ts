import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, double } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';

const OF_CLOUD = 'a Docker cloud works its headroom out itself: give this key to the cloud';

/** Clocker’s ContainerHeadroomEnricher. A Docker cloud has it when its headroom is given. */
export const plugin: AdjunctType = {
  id: 'container-headroom',
  title: 'Container headroom',
  description: 'Says how many more containers a cloud must have room for.',
  kind: 'enricher',
  aliases: classNames('brooklyn.entity.container.policy.ContainerHeadroomEnricher', 'clocker.docker.policy.ContainerHeadroomEnricher'),
  config: z.looseObject({
    'docker.container.cluster.headroom.count': optional(size, 'Headroom', 'Containers that must fit besides those that run.'),
    'docker.container.cluster.headroom.percent': optional(double, 'Headroom in parts'),
    'docker.container.cluster.cold.enabled': preset(boolean, false, 'Give hosts back'),
  }),
  flags: {
    headroom: 'docker.container.cluster.headroom.count',
    headroomPercent: 'docker.container.cluster.headroom.percent',
  },
  planned: false,
  notHonoured: {
    'docker.container.cluster.headroom.count': OF_CLOUD,
    'docker.container.cluster.headroom.percent': OF_CLOUD,
    'docker.container.cluster.cold.enabled': OF_CLOUD,
  },
};
