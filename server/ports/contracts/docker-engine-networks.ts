import { describe, expect, it } from 'vitest';
import type { CreateContainer, DockerEngine } from '../docker-engine.ts';
import type { EngineFixture } from './engine-fixture.ts';

/** Networks, names on them, and what joins a container to several. */
export function describeNetworks(fixture: () => EngineFixture): void {
  const attachment = (name: string, fields: { readonly aliases?: readonly string[]; readonly address?: string } = {}) => ({
    ...{ name, aliases: [], definition: {} },
    ...fields,
  });
  const joined = (...names: readonly string[]): Partial<CreateContainer> => ({
    networkNames: Object.fromEntries(names.map((name, index) => [`net${index}`, name])),
  });

  const REACH = `for _ in 1 2 3 4 5; do
    printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 "$NAME" 80 2>/dev/null | grep -q hello && exit 0; sleep 0.5
  done; exit 1`;

  /** Whether what serves at port 80 under this name answers, as seen from a container. */
  async function reaches(engine: DockerEngine, from: string, name: string): Promise<boolean> {
    return (await engine.exec(from, { argv: ['sh', '-c', REACH], env: { NAME: name }, timeoutMs: 60_000 })).code === 0;
  }

  const SERVE = ['sh', '-c', 'mkdir /www && echo hello > /www/index.html && exec httpd -f -p 80 -h /www'];

  describe('networks', () => {
    it('are made once, with their labels, and go without a word when they are gone', async () => {
      const { engine, network } = fixture();
      const name = network();
      const { networkId } = await engine.createNetwork({ name, definition: { labels: { theirs: 'a' } }, labels: { mine: 'yes' } });
      const ranged = { subnet: expect.stringMatching(/^[\d.]+\/\d+$/), gateway: expect.stringMatching(/^[\d.]+$/) };
      expect(await engine.inspectNetwork(name)).toEqual({ id: networkId, name, labels: { theirs: 'a', mine: 'yes' }, range: ranged });
      await expect(engine.createNetwork({ name, definition: {}, labels: {} })).rejects.toMatchObject({ code: 'conflict' });
      await engine.removeNetwork(name);
      await engine.removeNetwork(networkId);
      expect(await engine.inspectNetwork(name)).toBeNull();
    });

    it('let containers find each other by every name, and nobody who is not on them', async () => {
      const { engine, network, running } = fixture();
      const [back, front] = [network(), network()];
      for (const name of [back, front]) await engine.createNetwork({ name, definition: {}, labels: {} });
      const both = [attachment('net0', { aliases: ['server', 'db'] }), attachment('net1', { aliases: ['www'] })];
      await running({ command: SERVE, networks: both }, joined(back, front));
      const inBack = await running({ networks: [attachment('net0')] }, joined(back));
      const inFront = await running({ networks: [attachment('net0')] }, joined(front));
      expect(await Promise.all(['server', 'db'].map((name) => reaches(engine, inBack, name)))).toEqual([true, true]);
      expect(await Promise.all(['www', 'server'].map((name) => reaches(engine, inFront, name)))).toEqual([true, false]);
    });

    it('give an address that is asked for, and refuse addresses that another network has', async () => {
      const { engine, network, running, subnet } = fixture();
      const [name, other] = [network(), network()];
      const range = await subnet();
      const address = range.replace(/\.0\/24$/, '.77');
      await engine.createNetwork({ name, definition: { subnet: range, internal: true }, labels: {} });
      const id = await running({ networks: [attachment('net0', { address })] }, joined(name));
      expect(await engine.inspectContainer(id)).toMatchObject({ bridgeAddress: address });
      await expect(engine.createNetwork({ name: other, definition: { subnet: range }, labels: {} })).rejects.toMatchObject({
        code: 'engine.refused',
        hint: expect.stringContaining('another subnet'),
      });
    });

    it('are not removed below containers that run', async () => {
      const { engine, network, running } = fixture();
      const name = network();
      await engine.createNetwork({ name, definition: {}, labels: {} });
      const id = await running({ networks: [attachment('net0')] }, joined(name));
      await expect(engine.removeNetwork(name)).rejects.toMatchObject({ code: 'conflict' });
      await engine.stopContainer(id, { timeoutS: 0 });
      await engine.removeNetwork(name);
    });

    it('are joined and left by a container as it runs, at an address that is asked for', async () => {
      const { engine, network, running, subnet } = fixture();
      const [first, second] = [network(), network()];
      const range = await subnet();
      const address = range.replace(/\.0\/24$/, '.78');
      await engine.createNetwork({ name: first, definition: {}, labels: {} });
      await engine.createNetwork({ name: second, definition: { subnet: range }, labels: {} });
      const id = await running({ networks: [attachment('net0')] }, joined(first));
      const server = await running({ command: SERVE, networks: [attachment('net0', { aliases: ['server'] })] }, joined(second));
      expect(await reaches(engine, id, 'server')).toBe(false);
      await engine.connectNetwork(second, { container: id, attachment: attachment('net1', { address, aliases: ['late'] }) });
      const { networks = [] } = (await engine.inspectContainer(id)) ?? {};
      expect(networks.map(({ name }) => name).sort()).toEqual([first, second].sort());
      expect(networks.find(({ name }) => name === second)).toMatchObject({ address, mac: expect.stringMatching(/^02:42:/) });
      expect(await reaches(engine, id, 'server')).toBe(true);
      await expect(engine.connectNetwork(second, { container: id, attachment: attachment('net1') })).rejects.toMatchObject({
        code: 'engine.refused',
      });
      await expect(engine.connectNetwork(second, { container: server, attachment: attachment('net1', { address }) })).rejects.toMatchObject(
        { code: 'engine.refused' },
      );
      for (const _ of ['once', 'again']) await engine.disconnectNetwork(second, id);
      await engine.disconnectNetwork(network(), id);
      expect((await engine.inspectContainer(id))?.networks.map(({ name }) => name)).toEqual([first]);
    });

    it('are missed by a container that starts without one of them', async () => {
      const { engine, network, request } = fixture();
      const [kept, gone] = [network(), network()];
      for (const name of [kept, gone]) await engine.createNetwork({ name, definition: {}, labels: {} });
      const { containerId } = await engine.createContainer(
        request({ networks: [attachment('net0'), attachment('net1')] }, joined(kept, gone)),
      );
      await engine.removeNetwork(gone);
      await expect(engine.startContainer(containerId)).rejects.toMatchObject({
        code: 'container.start-failed',
        message: expect.stringMatching(/network .* not found/i),
      });
    });
  });
}
