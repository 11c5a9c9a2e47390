import { sampleOf } from './sample-of.ts';

/** Load balancers and where they run: `npm test` tries one of them, each time another. */
export const SAMPLED_BALANCERS = sampleOf('balancers', ['haproxy on a machine', 'nginx on a machine', 'nginx in a container'], 1);
