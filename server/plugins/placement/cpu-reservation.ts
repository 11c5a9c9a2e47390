import { z } from 'zod';
import { preset } from '../../domain/entity-types/config-values.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { partOf, refusing } from '../../domain/placement/strategy-kinds.ts';

/** Limits of CPUs are taken as reserved. Containers without a limit reserve nothing. */
export const plugin: PlacementPlugin = {
  id: 'cpu-reservation',
  title: 'CPU reservation',
  description: 'Refuses hosts whose CPUs are promised to others already, by the limits of the containers there.',
  aliases: ['CpuReservationPlacementStrategy'],
  config: z.looseObject({
    overcommit: preset(z.number('needs a number').positive().max(100), 1, 'Overcommit', '2 promises each CPU twice.'),
  }),
  strategy: refusing(({ cpus, reservedCpus }, request, config) => {
    if (request.cpus === null) return null;
    if (cpus === null) return 'its CPUs are not known yet';
    const left = cpus * partOf(config, 'overcommit', 1) - reservedCpus;
    // Sums of tenths are never exact.
    return request.cpus <= left + 1e-9 ? null : `has ${Math.max(0, left).toFixed(1)} CPUs left to promise, ${request.cpus} are asked for`;
  }),
};
