import { z } from 'zod';
import { parseBytes } from '../../domain/entity/quantities.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, size } from '../../domain/entity-types/config-values.ts';
import { toMachineBytes } from '../../domain/placement/machine-needs.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { gibibytes, refusing } from '../../domain/placement/strategy-kinds.ts';

/** Clocker’s ProvisioningFlagsPlacementStrategy, mended: what it asks for itself counts for every entity, and as much as asked is enough. */
export const plugin: PlacementPlugin = {
  id: 'provisioning-flags',
  title: 'Machine needs',
  description: 'Refuses hosts with too little memory or too few cores for what is asked, here or by provisioning.properties.',
  aliases: classNames('brooklyn.location.docker.strategy.ProvisioningFlagsPlacementStrategy'),
  config: z.looseObject({
    minRam: optional(
      text.refine((value) => /^\d+$/.test(String(value)) || parseBytes(String(value)) !== null, 'needs a size in MB, or such as 7g'),
      'Memory',
      'In MB, or such as 7g.',
    ),
    minCores: optional(size, 'Cores'),
  }),
  strategy: refusing((host, { machine }, { minRam, minCores }) => {
    const bytes = Math.max(toMachineBytes(minRam) ?? 0, machine.memoryBytes ?? 0);
    const cores = Math.max(Number(minCores ?? 0), machine.cpus ?? 0);
    if (bytes > 0 && (host.memoryBytes ?? 0) < bytes) {
      return host.memoryBytes === null
        ? 'its memory is not known yet'
        : `has ${gibibytes(host.memoryBytes)} of memory, ${gibibytes(bytes)} are wanted`;
    }
    if (cores > 0 && (host.cpus ?? 0) < cores) return `has ${host.cpus ?? 'an unknown number of'} CPUs, ${cores} are wanted`;
    return null;
  }),
};
