import type { Entity } from '../domain/entity/entity.ts';
import type { Host } from '../domain/entity/host.ts';
import type { Instance } from '../domain/entity/instance.ts';
import { ownershipLabels } from '../domain/entity/ownership.ts';
import { aContainer, createFakeConnector, createFakeMachine, type FakeContainer, type FakeMachine } from './fake-host.ts';
import { type HostWorld, openHostWorld } from './host-world.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { quietLog } from './quiet-log.ts';
import { aHost, anEntity, anInstance } from './records.ts';

export const PINNED_KEY = { type: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` };

/** The host controller with one host at machine `one` and one entity, `WEB`; machine `two` is nobody's yet. */
export interface HostScene {
  readonly clock: ManualClock;
  readonly world: HostWorld;
  readonly machines: { readonly one: FakeMachine; readonly two: FakeMachine };
  /** Log lines with their reason. */
  readonly heard: string[];
  start(): Promise<void>;
  host(): Host;
  instance(id: string): Instance;
  /** The session that was made last. */
  session(): FakeMachine['sessions'][number];
  nameOf(id: string): string;
  labelsFor(id: string): Readonly<Record<string, string>>;
  row(id: string, fields: Partial<Record<keyof Instance, unknown>>): Promise<void>;
  running(id: string, container: { readonly id: string; readonly entityId?: string }): Promise<void>;
  patch(id: string, fields: Partial<Instance>): Promise<void>;
  /** Something happens to a container, and the engine tells of it. */
  change(containerId: string, fields: Partial<FakeContainer>, action: string): void;
  /** The same, told by nobody. */
  changeSilently(containerId: string, fields: Partial<FakeContainer>): FakeContainer;
  close(): Promise<void>;
}

/** Lets everything run that waits for no timer. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

export async function openHostScene(): Promise<HostScene> {
  const clock = createManualClock(settle);
  const machines = { one: createFakeMachine(), two: createFakeMachine() };
  const heard: string[] = [];
  const log = quietLog((message, fields) => heard.push(`${message}: ${String(fields.reason ?? fields.error ?? '')}`));
  const world = await openHostWorld({ connector: createFakeConnector(machines), clock, log });
  const { store, secrets } = world.context;
  await store.commit((draft) => {
    const sealed = secrets.seal('key');
    draft.put('credential', { id: 'key' as Host['credentialId'], name: 'key', kind: 'ssh-key', publicKey: '', sealed, createdAt: 0 });
    draft.put('host', aHost({ id: 'host-1', address: 'one', state: 'connecting', hostKey: PINNED_KEY }));
    draft.put('entity', anEntity({ id: 'WEB' }));
  });

  const instance = (id: string): Instance => store.view.get('instance', id) as Instance;
  const nameOf = (id: string): string => `ck-${secrets.planeId}-web-${id.toLowerCase()}`;
  const labelsFor: HostScene['labelsFor'] = (id) => {
    const what = { planeId: secrets.planeId, name: nameOf(id), applicationId: 'shop', entityId: 'WEB' };
    return ownershipLabels({ ...what, instanceId: id, incarnation: 1, specHash: 'hash' }, secrets.sign);
  };
  const row: HostScene['row'] = async (id, fields) => {
    const whole = anInstance({ id, entityId: 'WEB', containerName: nameOf(id), startedAt: 1_000, ready: true, ...(fields as object) });
    await store.commit((draft) => draft.put('instance', { ...whole, stoppingSince: null, serves: [] }));
  };
  const changeSilently: HostScene['changeSilently'] = (containerId, fields) => {
    const container = { ...(machines.one.containers.get(containerId) as FakeContainer), ...fields };
    machines.one.containers.set(containerId, container);
    return container;
  };

  return {
    clock,
    world,
    machines,
    heard,
    instance,
    nameOf,
    labelsFor,
    row,
    changeSilently,
    host: () => store.view.get('host', 'host-1') as Host,
    async start() {
      world.controller.start();
      await settle();
    },
    session() {
      const latest = machines.one.sessions.at(-1);
      if (!latest) throw new Error('no session yet');
      return latest;
    },
    async running(id, { id: containerId, entityId = 'WEB' }) {
      await row(id, { state: 'running', containerId, entityId: entityId as Entity['id'], bridgeAddress: '172.17.0.2' });
      machines.one.containers.set(containerId, aContainer({ id: containerId, name: nameOf(id), labels: labelsFor(id) }));
    },
    async patch(id, fields) {
      await store.commit((draft) => draft.put('instance', { ...instance(id), ...fields }));
    },
    change: (containerId, fields, action) => machines.one.emit(changeSilently(containerId, fields), action),
    async close() {
      const closed = world.close();
      await clock.advance(5_000);
      await closed;
    },
  };
}
