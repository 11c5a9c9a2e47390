import { describe, expect, it, vi } from 'vitest';
import type { Instance } from '../../domain/entity/instance.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { aHost, anEntity, anInstance } from '../../testing/records.ts';
import { findPort } from './port-target.ts';

const ENTITY = 'e1' as EntityId;
const PORTS = [{ container: 5432, host: 5432, protocol: 'tcp' }] as const;

function target(port: number, instance: Partial<Instance>) {
  const records = {
    entity: anEntity({ id: ENTITY, name: 'db', instanceId: 'i1' as Instance['id'] }),
    instance: anInstance({ id: 'i1' as Instance['id'], entityId: ENTITY, state: 'running', ...instance }),
    host: aHost({ id: 'h1', name: 'box' }),
  };
  const openPort = vi.fn();
  const context = {
    store: { view: { get: (kind: keyof typeof records) => records[kind] } },
    hosts: { ready: () => ({ openPort }) },
  } as unknown as Parameters<typeof findPort>[0];
  const find = () => findPort(context, { kind: 'port', entityId: ENTITY, port });
  return { find, openPort };
}

const on = (kind: 'machine' | 'container') => ({ ...anInstance({ id: 'i1' }).spec, process: { place: { kind } } }) as Instance['spec'];

describe('a port of an entity', () => {
  it('is any of its container, at the address that its host has for it', async () => {
    const { find, openPort } = target(9000, { bridgeAddress: '172.17.0.2', ports: PORTS });
    await find().open({ columns: 80, rows: 24 }, new AbortController().signal);
    expect(openPort).toHaveBeenCalledWith('172.17.0.2', 9000, expect.anything());
  });

  it('is one of its own where it runs on a machine: what else listens there is not reached', async () => {
    const { find, openPort } = target(5432, { spec: on('machine'), ports: PORTS });
    expect(find()).toMatchObject({ title: 'port 5432 of db on box', containerName: null });
    await find().open({ columns: 80, rows: 24 }, new AbortController().signal);
    expect(openPort).toHaveBeenCalledWith('127.0.0.1', 5432, expect.anything());
    expect(target(2375, { spec: on('machine'), ports: PORTS }).find).toThrow(
      expect.objectContaining({ code: 'conflict', hint: 'It has 5432.' }),
    );
  });

  it('is not reached where its container has no address', () => {
    expect(target(80, { bridgeAddress: null }).find).toThrow(expect.objectContaining({ code: 'container.not-ready' }));
  });
});
