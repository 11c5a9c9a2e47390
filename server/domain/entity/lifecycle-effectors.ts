import { z } from 'zod';

const NOTHING = z.object({});

/** Effectors of everything that can be started. */
export const LIFECYCLE_EFFECTORS = [
  { name: 'start', description: 'Start it', parameters: NOTHING, destructive: false },
  { name: 'stop', description: 'Stop it; its container and data stay', parameters: NOTHING, destructive: true },
  { name: 'restart', description: 'Stop it and start it again', parameters: NOTHING, destructive: true },
] as const;
