import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CloudId, CredentialId, HostId } from '../../../domain/shared/ids.ts';
import { createFakeConnector } from '../../../testing/fake-host.ts';
import { type HostWorld, openHostWorld } from '../../../testing/host-world.ts';
import { aLease, anEntity, anInstance } from '../../../testing/records.ts';
import type { EngineContext } from '../../engine-context.ts';
import { acceptHostKey } from './accept-host-key.ts';
import { addHost } from './add-host.ts';
import { cordonHost } from './cordon-host.ts';
import { createCloud } from './create-cloud.ts';
import { createCredential } from './create-credential.ts';
import { removeCloud } from './remove-cloud.ts';
import { removeCredential } from './remove-credential.ts';
import { removeHost } from './remove-host.ts';
import { updateCloud } from './update-cloud.ts';

const hostKey = { type: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` };

let world: HostWorld;
let context: EngineContext;
let cloudId: CloudId;
let credentialId: CredentialId;

beforeEach(async () => {
  world = await openHostWorld({ connector: createFakeConnector({}) });
  const strategy = { apply: () => ({ hosts: [], refused: [] }) };
  const plugin = { id: 'breadth-first', title: '', description: '', aliases: ['brooklyn.Breadth'], config: z.strictObject({}), strategy };
  context = { ...world.context, plugins: { ...world.context.plugins, placement: new Map([[plugin.id, plugin]]) } };
  ({ cloudId } = await createCloud(context, { name: 'east' }));
  ({ credentialId } = await createCredential(context, { name: 'key', generate: true }));
});

afterEach(() => world.close());

describe('commands of hosts', () => {
  it('keeps private keys sealed, and gives the host what opens them', async () => {
    const credential = context.store.view.get('credential', credentialId);
    expect(credential?.publicKey).toMatch(/^ssh-ed25519 \S+ clocker-key$/);
    expect(credential?.sealed).not.toContain('PRIVATE');
    expect(context.secrets.open(credential?.sealed ?? '')).toContain('BEGIN OPENSSH PRIVATE KEY');
  });

  it('adds a host once, and again gives the same', async () => {
    const first = await add('one', '10.0.0.1');
    expect(await add('one', '10.0.0.1')).toBe(first);
    await add('two', '10.0.0.2');
    expect([...context.store.view.all('host').values()].map(({ name, order, state }) => [name, order, state])).toEqual([
      ['one', 1, 'connecting'],
      ['two', 2, 'connecting'],
    ]);
  });

  it('refuses a second host of the same name or address', async () => {
    await add('one', '10.0.0.1');
    await expect(add('one', '10.0.0.2')).rejects.toMatchObject({ code: 'conflict' });
    await expect(add('two', '10.0.0.1')).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('host one') });
  });

  it('refuses what is no name, address, port, user or fingerprint', async () => {
    const good = { cloudId, name: 'one', address: '10.0.0.1', port: 22, user: 'root', credentialId, hostKey };
    const bad = [
      { name: 'One Two' },
      { name: '-x' },
      { address: 'a b' },
      { address: '-oProxyCommand=x' },
      { address: '' },
      { port: 0 },
      { port: 1.5 },
      { user: 'root;id' },
      { hostKey: { type: 'ssh-ed25519', fingerprint: 'MD5:00' } },
      { labels: { 'bad key': 'x' } },
    ];
    for (const change of bad) await expect(addHost(context, { ...good, ...change })).rejects.toMatchObject({ code: 'input.invalid' });
    for (const address of ['host-1.example.com', 'fe80::1%eth0', '::1']) {
      await expect(addHost(context, { ...good, name: `n${address.length}`, address })).resolves.toBeDefined();
    }
  });

  it('cordons, and pins another key', async () => {
    const hostId = await add('one', '10.0.0.1');
    await cordonHost(context, { hostId, cordoned: true });
    const other = { ...hostKey, fingerprint: `SHA256:${'B'.repeat(43)}` };
    await acceptHostKey(context, { hostId, hostKey: other });
    expect(context.store.view.get('host', hostId)).toMatchObject({ cordoned: true, hostKey: other, state: 'connecting' });
  });

  it('does not uncordon a host that is drained', async () => {
    const hostId = await add('one', '10.0.0.1');
    const drain = { taskId: 'T' as never, since: 0, afterwards: 'keep' as const };
    await context.store.commit((draft) => {
      const host = draft.get('host', hostId);
      if (host) draft.put('host', { ...host, cordoned: true, drain });
    });
    await expect(cordonHost(context, { hostId, cordoned: false })).rejects.toMatchObject({ code: 'conflict' });
    await cordonHost(context, { hostId, cordoned: true });
  });

  it('does not remove a host with containers, and forgets those of a host that is lost for good', async () => {
    const hostId = await add('one', '10.0.0.1');
    await context.store.commit((draft) => {
      draft.put('entity', anEntity({ id: 'WEB' }));
      const lease = aLease(`port:${hostId}:tcp:8080`, 'I1');
      draft.put('lease', lease);
      const ports = [{ container: 80, host: 8_080, protocol: 'tcp' as const }];
      draft.put('instance', anInstance({ id: 'I1', entityId: 'WEB', hostId, state: 'running', ports }));
    });
    await expect(removeHost(context, { hostId })).rejects.toMatchObject({ code: 'conflict', message: 'Host one has 1 container of web' });
    await context.store.commit((draft) => {
      const host = draft.get('host', hostId);
      const instance = draft.get('instance', 'I1');
      if (host && instance) {
        draft.put('host', { ...host, state: 'lost' });
        draft.put('instance', { ...instance, state: 'lost' });
      }
    });
    await removeHost(context, { hostId });
    for (const kind of ['host', 'instance', 'lease'] as const) expect(context.store.view.all(kind).size).toBe(0);
  });

  it('does not remove a lost host that holds data which somebody waits for', async () => {
    const hostId = await add('one', '10.0.0.1');
    await context.store.commit((draft) => {
      const host = draft.get('host', hostId);
      if (host) draft.put('host', { ...host, state: 'lost' });
      draft.put('entity', anEntity({ id: 'DB', name: 'db', dataHostId: hostId }));
      const volume = { hostId, entityId: 'DB', applicationId: 'shop', volumeName: 'v', logicalName: 'data', createdAt: 0 };
      draft.put('volume', { id: `${hostId}:v`, ...volume });
    });
    await expect(removeHost(context, { hostId })).rejects.toMatchObject({ code: 'conflict', message: 'Host one holds data of db' });
  });

  it('takes strategies by their other names, and refuses unknown ones and wrong settings', async () => {
    await updateCloud(context, { cloudId, strategies: [{ strategy: 'brooklyn.Breadth', config: {} }] });
    expect(context.store.view.get('cloud', cloudId)?.strategies).toEqual([{ strategy: 'breadth-first', config: {} }]);
    const wrong = [
      { strategy: 'nope', config: {} },
      { strategy: 'breadth-first', config: { x: 1 } },
    ];
    for (const one of wrong)
      await expect(updateCloud(context, { cloudId, strategies: [one] })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(updateCloud(context, { cloudId, portPool: { from: 80, to: 90 } })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('removes a cloud or credential only when nothing uses it', async () => {
    const hostId = await add('one', '10.0.0.1');
    await expect(removeCloud(context, { cloudId })).rejects.toMatchObject({ code: 'conflict' });
    await expect(removeCredential(context, { credentialId })).rejects.toMatchObject({ code: 'conflict', message: 'key is used by one' });
    await removeHost(context, { hostId });
    await removeCloud(context, { cloudId });
    await removeCredential(context, { credentialId });
    await expect(createCloud(context, { name: 'Not A Name' })).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

async function add(name: string, address: string): Promise<HostId> {
  return (await addHost(context, { cloudId, name, address, port: 22, user: 'root', credentialId, hostKey })).hostId;
}
