import { sampleOf } from './sample-of.ts';

/** Software that keeps data, on machines unless it says otherwise: `npm test` tries most of it, each time another part. */
export const SAMPLED_STORES: readonly string[] = sampleOf(
  'stores',
  ['mariadb', 'postgresql', 'redis', 'rabbitmq', 'rabbitmq in a container', 'etcd', 'etcd in containers'],
  3,
);
