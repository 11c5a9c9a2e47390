import { sampleOf } from './sample-of.ts';

/** Software that keeps data, of those that are deployed to machines: `npm test` tries most of it, each time another part. */
export const SAMPLED_STORES: readonly string[] = sampleOf('stores', ['mariadb', 'postgresql', 'redis', 'rabbitmq'], 3);
