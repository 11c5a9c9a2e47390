import type { Instance } from '../domain/entity/instance.ts';
import type { EntityFacts, Step } from '../domain/entity/step-facts.ts';
import { instance } from './entity-facts.ts';

/** A world that does what it is told, at once. */
export function performStep(world: EntityFacts, step: Step, fresh: () => string): EntityFacts {
  const change = (id: string, patch: Partial<Instance>): readonly Instance[] =>
    world.instances.map((one) => (one.id === id ? { ...one, ...patch } : one));
  const without = (id: string): EntityFacts => ({
    ...world,
    instances: world.instances.filter((one) => one.id !== id),
    entity: world.entity.instanceId === id ? { ...world.entity, instanceId: null } : world.entity,
  });
  const plan = (): EntityFacts => {
    const id = fresh() as Instance['id'];
    const incarnation = 1 + world.instances.reduce((top, one) => Math.max(top, one.incarnation), 0);
    const planned = instance('planned', { id, incarnation, hostId: 'h' as never, restartSerial: world.entity.restartSerial, ready: false });
    return { ...world, instances: [...world.instances, planned], entity: { ...world.entity, instanceId: id }, probeAt: 0 };
  };
  switch (step.kind) {
    case 'nothing':
    case 'wait':
      return { ...world, now: step.lookAgainAt ?? world.now + 1_000, served: [], dependency: null };
    case 'place':
    case 'replace':
      return plan();
    case 'revive':
      return { ...world, instances: change(step.instance.id, { state: 'created' }) };
    case 'abandon':
      return { ...world, entity: { ...world.entity, instanceId: null }, instances: change(step.instance.id, { state: 'removing' }) };
    case 'pull':
      return { ...world, imagePresent: true };
    case 'prefetch':
      return { ...world, nextImagePresent: true };
    case 'ensure-volumes':
      return { ...world, volumesPresent: true };
    case 'create':
      return { ...world, instances: change(step.instance.id, { state: 'created' }) };
    case 'start': {
      const { restartSerial } = world.entity;
      return {
        ...world,
        instances: change(step.instance.id, { state: 'running', stoppingSince: null, restartSerial, startedAt: world.now }),
      };
    }
    case 'probe':
      return { ...world, instances: change(step.instance.id, { ready: true }) };
    case 'reload':
    case 'limits': {
      const { desired } = world;
      if (desired.kind !== 'resolved') return world;
      const { memoryBytes, cpus, liveHash } = desired;
      return { ...world, instances: change(step.instance.id, { liveHash, spec: { ...step.instance.spec, memoryBytes, cpus } }) };
    }
    case 'plan-networks': {
      const { desired } = world;
      if (desired.kind !== 'resolved') return world;
      const spec = { ...step.instance.spec, networks: desired.networks };
      return { ...world, instances: change(step.instance.id, { spec, rejoin: { leave: [], leases: [] } }) };
    }
    case 'join-networks':
      return { ...world, instances: world.instances.map(({ rejoin: _, ...one }) => one) };
    case 'drain':
      return { ...world, instances: change(step.instance.id, { stoppingSince: world.now }) };
    case 'keep':
      return { ...world, instances: change(step.instance.id, { stoppingSince: null }) };
    case 'stop':
      return { ...world, instances: change(step.instance.id, { state: 'exited', ready: false, stoppingSince: world.now }) };
    case 'remove':
    case 'forget':
      return without(step.instance.id);
    case 'process':
      return world;
    case 'release-machine': {
      const { machine: _, ...freed } = world.entity;
      return { ...world, entity: freed };
    }
    case 'calm':
      return { ...world, entity: { ...world.entity, crash: { failures: 0, lastAt: 0 } } };
    case 'ask':
    case 'withdraw-question':
      return { ...world, entity: { ...world.entity, question: null } };
    case 'remove-volumes':
      return { ...world, volumeHosts: [] };
    case 'delete-row':
      return { ...world, entity: { ...world.entity, waitingFor: 'deleted' } };
  }
}
