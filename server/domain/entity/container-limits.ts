import { z } from 'zod';
import type { ContainerOptions } from './container-spec.ts';
import { parseBytes } from './quantities.ts';

const SMALLEST_MEMORY = 6 * 1024 * 1024;
/** Docker's and Kubernetes' weight of one CPU. */
const SHARES_OF_A_CPU = 1024;

const memory = z
  .union([z.string(), z.number()], 'needs a size such as 512m')
  .refine((value) => (parseBytes(value) ?? 0) >= SMALLEST_MEMORY, 'needs a size of at least 6m, such as 512m or 1.5g');

const swap = z
  .union([z.string(), z.number()], 'needs a size such as 1g')
  .refine((value) => isUnlimited(value) || (parseBytes(value) ?? 0) >= SMALLEST_MEMORY, 'needs a size such as 1g, or -1 for no limit');

const cpus = z.union([z.number(), z.string()], 'needs a number of CPUs such as 0.5').refine((value) => {
  const number = Number(value);
  return String(value).trim() !== '' && number >= 0.01 && number <= 1024;
}, 'needs a number of CPUs from 0.01 to 1024, such as 0.5');

/** Limits and reservations that every container type takes. */
export const limitShape = {
  'docker.memory': memory.optional().meta({ title: 'Memory limit', description: 'Hard limit, such as 512m. None unless given.' }),
  'docker.memory.reservation': memory
    .optional()
    .meta({ title: 'Memory reservation', description: 'Soft limit: it is pushed back to this when the host runs short.' }),
  'docker.memory.swap': swap
    .optional()
    .meta({ title: 'Memory and swap', description: 'Limit of both together, -1 for none. No swap unless given.' }),
  'docker.cpus': cpus.optional().meta({ title: 'CPU limit', description: 'Number of CPUs, 0.5 is half of one. None unless given.' }),
  'docker.cpus.reservation': cpus
    .optional()
    .meta({ title: 'CPU reservation', description: 'Its share when CPUs are short, as a number of CPUs.' }),
  'docker.cpu.shares': z
    .int('needs a whole number')
    .min(2)
    .max(262_144)
    .optional()
    .meta({ title: 'CPU shares', description: 'Weight when CPUs are short; 1024 unless given.' }),
  'docker.cpu.set': z
    .string()
    .regex(/^\d{1,4}(?:-\d{1,4})?(?:,\d{1,4}(?:-\d{1,4})?)*$/, 'needs numbers of CPUs such as 0-3,5')
    .optional()
    .meta({ title: 'CPU set', description: 'CPUs of the host that it may use, such as 0-3,5.' }),
};

export const LIMIT_FLAGS = { memory: 'docker.memory', cpus: 'docker.cpus' } as const;

type Quantity = string | number | undefined;

export interface LimitConfig {
  readonly 'docker.memory'?: Quantity;
  readonly 'docker.memory.reservation'?: Quantity;
  readonly 'docker.memory.swap'?: Quantity;
  readonly 'docker.cpus'?: Quantity;
  readonly 'docker.cpus.reservation'?: Quantity;
  readonly 'docker.cpu.shares'?: number | undefined;
  readonly 'docker.cpu.set'?: string | undefined;
}

export function toLimits(config: LimitConfig): { readonly memoryBytes: number | null; readonly cpus: number | null } {
  const limit = config['docker.cpus'];
  return { memoryBytes: bytesOf(config['docker.memory']) ?? null, cpus: limit === undefined ? null : Number(limit) };
}

/** The limits that cannot be changed in place. */
export function toLimitOptions(config: LimitConfig): Partial<ContainerOptions> {
  const reservation = bytesOf(config['docker.memory.reservation']);
  const both = config['docker.memory.swap'];
  const reserved = config['docker.cpus.reservation'];
  const cpuShares =
    config['docker.cpu.shares'] ?? (reserved === undefined ? undefined : Math.max(2, Math.round(Number(reserved) * SHARES_OF_A_CPU)));
  const cpuset = config['docker.cpu.set'];
  return {
    ...(reservation === undefined ? {} : { memoryReservationBytes: reservation }),
    ...(both === undefined ? {} : { memorySwapBytes: isUnlimited(both) ? -1 : (bytesOf(both) ?? -1) }),
    ...(cpuShares === undefined ? {} : { cpuShares }),
    ...(cpuset === undefined ? {} : { cpuset }),
  };
}

/** What Docker would refuse only when the container is made. */
export function addLimitIssues(config: LimitConfig, context: z.core.$RefinementCtx): void {
  const { memoryBytes } = toLimits(config);
  const { memoryReservationBytes, memorySwapBytes } = toLimitOptions(config);
  const add = (key: string, message: string): void => {
    context.addIssue({ code: 'custom', path: [key], message, input: undefined });
  };
  if (memoryBytes !== null && memoryReservationBytes !== undefined && memoryReservationBytes > memoryBytes) {
    add('docker.memory.reservation', 'is more than docker.memory');
  }
  if (memorySwapBytes === undefined) return;
  if (memoryBytes === null) add('docker.memory.swap', 'needs docker.memory beside it');
  else if (memorySwapBytes !== -1 && memorySwapBytes < memoryBytes) {
    add('docker.memory.swap', 'is memory and swap together, so it cannot be less than docker.memory');
  }
}

function bytesOf(value: Quantity): number | undefined {
  return value === undefined ? undefined : (parseBytes(value) ?? undefined);
}

function isUnlimited(value: string | number): boolean {
  return String(value).trim() === '-1';
}
