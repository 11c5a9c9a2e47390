import { parseBytes } from '../entity/quantities.ts';
import { isJsonObject, type Json } from '../shared/json.ts';
import type { PlacementRequest } from './placement.ts';

/** Brooklyn's `minRam`: a bare number is in MB. Null for what is none. */
export function toMachineBytes(value: Json | undefined): number | null {
  if (value === undefined || value === null) return null;
  if (/^\d+$/.test(String(value))) return Number(value) * 1024 * 1024;
  return typeof value === 'string' ? parseBytes(value) : null;
}

/** What `provisioning.properties` ask of a machine. */
export function toMachineNeeds(properties: Json | undefined): PlacementRequest['machine'] {
  const { minRam, minCores }: { readonly [key: string]: Json | undefined } = isJsonObject(properties) ? properties : {};
  const cpus = Number(minCores ?? Number.NaN);
  return { memoryBytes: toMachineBytes(minRam), cpus: Number.isFinite(cpus) ? cpus : null };
}
