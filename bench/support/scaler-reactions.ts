import type { LabHost } from '../../e2e/support/lab-hosts.ts';
import type { Entity } from '../../server/domain/entity/entity.ts';
import { isEntityUp } from '../../server/domain/entity/service-state.ts';
import { deployApplication } from '../../server/engine/commands/deploy-application.ts';
import { resizeEntity } from '../../server/engine/commands/entity-effectors.ts';
import { openRealWorld, REAL_CLOUD } from '../../server/testing/real-world.ts';
import { IDLE_MEMBER } from './idle-member.ts';

const BY_HAND = { kind: 'user', by: 'bench' } as const;
const [CALM, HIGH] = [15, 50];

const BLUEPRINT = `
name: bench-reactions
location: ${REAL_CLOUD}
services:
- type: org.apache.brooklyn.entity.group.DynamicCluster
  id: pool
  brooklyn.config:
    dynamiccluster.memberspec: ${IDLE_MEMBER}
  brooklyn.policies:
  - type: AutoScalerPolicy
    brooklyn.config: { metric: load, metricLowerBound: 10, metricUpperBound: 20, maxPoolSize: 2 }
`;

/**
 * Milliseconds from a value of its metric to the commit of the cluster's new size, so many times: the engine as it ships, in this process so that
 * both moments are read off one clock, with SQLite and a real host. Both commits of a durable policy are in it.
 */
export async function measureReactions(
  host: LabHost,
  { count, signal }: { readonly count: number; readonly signal: AbortSignal },
): Promise<readonly number[]> {
  const world = await openRealWorld({ target: { ...host, privateKey: host.privateKeyPem }, engineSocketPath: '/var/run/docker.sock' });
  const { store, sensors, clock } = world.engine.context;
  const pool = (): Entity | undefined =>
    [...store.view.all('entity').values()].find(({ planId, slot }) => planId === 'pool' && slot === null);
  const isSettled = (): boolean => {
    const now = pool();
    const members = now ? store.view.childrenOf(now.id) : [];
    return now?.size === 1 && members.length === 1 && members.every(isEntityUp) && isEntityUp(now);
  };
  const reactions: number[] = [];
  try {
    await deployApplication(world.engine.context, BY_HAND, { text: BLUEPRINT });
    for (let n = 0; n < count; n++) {
      signal.throwIfAborted();
      await world.until('the cluster has one member', isSettled);
      const entityId = pool()?.id;
      if (entityId === undefined) throw new Error('there is no cluster');
      sensors.publish(entityId, clock.now(), { load: CALM });
      await world.engine.context.queue.idle();
      const resized = new Promise<number>((resolve) => {
        const stop = store.subscribe(() => {
          if (pool()?.size !== 2) return;
          stop();
          resolve(performance.now());
        });
      });
      const begun = performance.now();
      sensors.publish(entityId, clock.now(), { load: HIGH });
      reactions.push((await resized) - begun);
      await world.until('the new member serves', () => store.view.childrenOf(entityId).filter(isEntityUp).length === 2);
      await resizeEntity(world.engine.context, BY_HAND, { entityId, size: 1 });
    }
    return reactions;
  } finally {
    await world.close();
  }
}
