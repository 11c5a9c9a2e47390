import { isCompleted } from '../domain/entity/service-state.ts';
import type { EngineFixture } from './engine-fixture.ts';

/** What is wrong between the records and the machines once all faults are over; empty when nothing is. */
export function checkWorld(fixture: EngineFixture): readonly string[] {
  return [
    ...checkEntities(fixture),
    ...checkContainers(fixture),
    ...checkNetworks(fixture),
    ...checkReaching(fixture),
    ...checkRest(fixture),
  ];
}

function checkEntities({ store, machines, engine }: EngineFixture): readonly string[] {
  const wrong: string[] = [];
  for (const entity of store.view.all('entity').values()) {
    const who = `${entity.name} (${entity.id})`;
    const wanted = { running: 'RUNNING', stopped: 'STOPPED', destroyed: 'DESTROYED' }[entity.goal];
    if (entity.actual !== wanted && !isCompleted(entity)) {
      wrong.push(`${who} is ${entity.actual}, not ${wanted}: ${entity.waitingFor} ${JSON.stringify(entity.problems)}`);
    }
    const type = engine.context.plugins.entityTypes.get(entity.type);
    if (entity.size !== null && entity.goal !== 'destroyed') {
      const members = store.view.childrenOf(entity.id).length;
      if (members !== entity.size) wrong.push(`${who} has ${members} of ${entity.size} members`);
    }
    if (type?.kind !== 'container') continue;
    const live = machines.flatMap((machine) => machine.running().filter((one) => one.request.labels['io.clocker.entity'] === entity.id));
    const expected = entity.goal === 'running' && !isCompleted(entity) ? 1 : 0;
    if (live.length !== expected) wrong.push(`${who} has ${live.length} running containers, not ${expected}`);
    const instances = store.view.instancesOf(entity.id).length;
    if (instances > 1) wrong.push(`${who} has ${instances} instances`);
  }
  return wrong;
}

function checkContainers({ store, machines }: EngineFixture): readonly string[] {
  const wrong: string[] = [];
  for (const machine of machines) {
    for (const container of machine.containers.values()) {
      if (!container.name.startsWith('ck-plane1-')) {
        if (container.starts !== 1 || container.status !== 'running') wrong.push(`foreign ${container.name} was touched`);
        continue;
      }
      const row = store.view.instancesOn(machine.name).find((one) => one.containerName === container.name);
      if (!row) wrong.push(`${container.name} on ${machine.name} is an orphan`);
      else if (!agrees(row.state, container.status)) wrong.push(`${container.name} is ${container.status}, its row says ${row.state}`);
    }
  }
  return wrong;
}

/** A container that never ran is as good as one that ended. */
function agrees(row: string, status: string): boolean {
  return row === status || (row === 'exited' && status === 'created');
}

function checkNetworks({ store, machines }: EngineFixture): readonly string[] {
  const wrong: string[] = [];
  const rows = new Map([...store.view.all('network').values()].map((row) => [row.id, row]));
  for (const row of rows.values()) {
    if (row.state !== 'ready' || row.problem !== '') wrong.push(`network ${row.networkName} is ${row.state}: ${row.problem}`);
    if (row.applicationId !== null && !store.view.get('application', row.applicationId))
      wrong.push(`network ${row.networkName} belongs to no application`);
    if (!machines.some(({ name, networks }) => name === row.hostId && networks.has(row.networkName))) wrong.push(`${row.id} is not there`);
  }
  for (const machine of machines) {
    for (const name of machine.networks.keys())
      if (!rows.has(`${machine.name}:${name}`)) wrong.push(`${name} on ${machine.name} is an orphan`);
    for (const { name, request } of machine.running()) {
      const row = store.view.instancesOn(machine.name).find(({ containerName }) => containerName === name);
      if (row?.rejoin) wrong.push(`${name} has not joined its networks`);
      const named = (networks: readonly { readonly name: string }[] = []): string =>
        networks
          .map((network) => network.name)
          .sort()
          .join(' ');
      if (row && named(row.spec.networks) !== named(request.spec.networks))
        wrong.push(`${name} is on ${named(request.spec.networks)}, not on ${named(row.spec.networks)}`);
      const missing = Object.values(request.networkNames).find((network) => !machine.networks.has(network));
      if (missing) wrong.push(`${name} runs without its network ${missing}`);
    }
  }
  return wrong;
}

/** Networks that reach all hosts: nobody has the address of another, and none is left without a host. */
function checkReaching({ store, machines }: EngineFixture): readonly string[] {
  const wrong: string[] = [];
  const parts = [...store.view.all('network').values()].flatMap(({ reach }) => reach ?? []);
  for (const { id, standing } of store.view.all('virtualNetwork').values()) {
    if (!standing && !parts.some(({ networkId }) => networkId === id)) wrong.push(`network ${id} is on no host`);
    const given = machines.flatMap((machine) =>
      machine.running().flatMap(({ name }) => {
        const row = store.view.instancesOn(machine.name).find(({ containerName }) => containerName === name);
        return (row?.endpoints ?? []).flatMap(({ networkId, address }) => (networkId === id ? [address] : []));
      }),
    );
    const all = [...given, ...parts.flatMap(({ networkId, gateway }) => (networkId === id ? [gateway] : []))];
    if (new Set(all).size !== all.length) wrong.push(`network ${id} has an address twice: ${all.sort().join(' ')}`);
  }
  return wrong;
}

function checkRest({ store }: EngineFixture): readonly string[] {
  const wrong: string[] = [];
  for (const lease of store.view.all('lease').values()) {
    const { ownerId } = lease;
    const owners = ['instance', 'application', 'network'] as const;
    const owned = ownerId === 'foreign' || owners.some((kind) => store.view.get(kind, ownerId));
    if (!owned) wrong.push(`lease ${lease.id} has no owner`);
  }
  for (const task of store.view.all('task').values()) if (task.status === 'running') wrong.push(`task ${task.name} still runs`);
  for (const rollout of store.view.all('rollout').values())
    if (rollout.endedAt === null) wrong.push(`rollout ${rollout.id} still ${rollout.state}`);
  const used = new Set([...store.view.all('instance').values()].map((instance) => instance.decisionId));
  for (const decision of store.view.all('decision').values()) {
    if (!used.has(decision.id)) wrong.push(`decision ${decision.id} explains nothing`);
  }
  return wrong;
}
