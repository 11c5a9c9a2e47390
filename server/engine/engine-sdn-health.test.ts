import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatedMachine } from '../adapters/simulated/simulated-machine.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { networkedBlueprint } from '../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture, TEST_NETWORKING } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(): Promise<ApplicationId> {
  fixture = await openEngineFixture({ networking: TEST_NETWORKING });
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text: networkedBlueprint() });
  await fixture.pass(60_000);
  return applicationId;
}

const machine = (name: string) => fixture.machines.find((one) => one.name === name) as SimulatedMachine;
const partsOf = (hostId: string) =>
  [...fixture.store.view.all('network').values()].filter((part) => part.hostId === hostId && part.logicalName === 'back');
const peersOf = (hostId: string) => partsOf(hostId)[0]?.peers;
const told = (text: string) => [...fixture.store.view.all('task').values()].filter(({ name }) => name.includes(text));

/** Neither hears the other on networks; with `outside` not outside of them either. */
function cut(first: string, second: string, { outside }: { readonly outside: boolean }): void {
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    for (const { reach } of partsOf(to)) machine(from).cutFrom.add(reach?.gateway ?? '');
    if (outside) machine(from).cutFrom.add(fixture.store.view.get('host', to)?.facts?.underlay?.address ?? '');
  }
}

describe('health of each pair of hosts', () => {
  it('is recorded, told once when a pair breaks and once when it heals', async () => {
    const applicationId = await deploy();
    expect(peersOf('host-1')).toEqual({ 'host-2': '', 'host-3': '' });
    cut('host-2', 'host-3', { outside: false });
    await fixture.pass(120_000);
    expect(peersOf('host-1')).toEqual({ 'host-2': '', 'host-3': '' });
    expect(peersOf('host-2')).toEqual({
      'host-1': '',
      'host-3': 'UDP 4789 from host-2 to host-3 does not pass: let it through, both ways',
    });
    expect(told('lose each other')).toEqual([
      expect.objectContaining({ applicationId, status: 'failed', name: 'Network back: host-2 and host-3 lose each other' }),
    ]);
    const { revision } = fixture.store;
    await fixture.pass(60_000);
    expect(fixture.store.revision).toBe(revision);
    for (const name of ['host-2', 'host-3']) machine(name).cutFrom.clear();
    await fixture.pass(30_000);
    expect(peersOf('host-3')).toEqual({ 'host-1': '', 'host-2': '' });
    expect(told('reach each other again')).toEqual([
      expect.objectContaining({ status: 'done', name: 'Network back: host-2 and host-3 reach each other again' }),
    ]);
  });

  it('tells a host that does not answer at all from a tunnel that is held back', async () => {
    await deploy();
    cut('host-1', 'host-2', { outside: true });
    await fixture.pass(60_000);
    expect(peersOf('host-1')?.['host-2']).toContain('gets no answer from host-2, through the network or outside of it');
  });

  it('raises no alarm about a host that is known to be away', async () => {
    await deploy();
    machine('host-3').setReachable(false);
    cut('host-1', 'host-3', { outside: true });
    await fixture.pass(60_000);
    expect(peersOf('host-1')).toEqual({ 'host-2': '' });
    expect(told('lose each other')).toEqual([]);
  });
});

describe('what somebody has taken away on a host', () => {
  it('is made again, and told in the activity of the application', async () => {
    const applicationId = await deploy();
    expect(told('Mend')).toEqual([]);
    machine('host-1').resolvers.clear();
    await fixture.pass(60_000);
    expect(machine('host-1').resolvers.size).toBeGreaterThan(0);
    expect(told('Mend network back on host-1')).toEqual([expect.objectContaining({ applicationId, status: 'done', hasLog: true })]);
    await fixture.pass(60_000);
    expect(told('Mend network back on host-1')).toHaveLength(1);
  });
});
