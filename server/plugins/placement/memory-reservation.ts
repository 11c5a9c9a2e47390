import { z } from 'zod';
import { preset } from '../../domain/entity-types/config-values.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { gibibytes, partOf, refusing } from '../../domain/placement/strategy-kinds.ts';

/** Limits of memory are taken as reserved: what a host has is given away once. Containers without a limit reserve nothing. */
export const plugin: PlacementPlugin = {
  id: 'memory-reservation',
  title: 'Memory reservation',
  description: 'Refuses hosts whose memory is promised to others already, by the limits of the containers there.',
  aliases: ['MemoryReservationPlacementStrategy'],
  config: z.looseObject({
    overcommit: preset(z.number('needs a number').positive().max(100), 1, 'Overcommit', '1.5 promises half as much again as there is.'),
  }),
  strategy: refusing(({ memoryBytes, reservedMemoryBytes }, request, config) => {
    if (request.memoryBytes === null) return null;
    if (memoryBytes === null) return 'its memory is not known yet';
    const left = memoryBytes * partOf(config, 'overcommit', 1) - reservedMemoryBytes;
    return request.memoryBytes <= left
      ? null
      : `has ${gibibytes(Math.max(0, left))} of memory left to promise, ${gibibytes(request.memoryBytes)} are asked for`;
  }),
};
