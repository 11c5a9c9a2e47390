import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';
import type { EngineFixture } from './engine-fixture.ts';

/** Files and commands in containers, and what an image is asked. */
export function describeInside(fixture: () => EngineFixture): void {
  const at = (path: string, content: string, mode = 0o644) => ({ path, content, mode });

  describe('files', () => {
    it('are there when the container starts, in folders that did not exist', async () => {
      const { engine, running } = fixture();
      const id = await running({ files: [at('/srv/deep/er/a.conf', 'größe=1\n'), at('/srv/run.sh', '#!/bin/sh\n', 0o750)] });
      const { stdout } = await engine.exec(id, {
        argv: ['sh', '-c', 'cat /srv/deep/er/a.conf; stat -c %a:%u /srv/run.sh /srv/deep /srv/deep/er/a.conf'],
        timeoutMs: 10_000,
      });
      expect(stdout).toBe('größe=1\n750:0\n755:0\n644:0\n');
    });

    it('replace each other in a running container', async () => {
      const { engine, running } = fixture();
      const id = await running({ files: [at('/etc/app.conf', 'old and longer\n')] });
      await engine.writeFiles(id, [at('/etc/app.conf', 'new\n')]);
      expect((await engine.exec(id, { argv: ['cat', '/etc/app.conf'], timeoutMs: 10_000 })).stdout).toBe('new\n');
    });

    it('reach a container whose file system is read-only', async () => {
      const { engine, running } = fixture();
      const id = await running({ readOnly: true, files: [at('/srv/app/a.conf', 'one\n')] });
      await engine.writeFiles(id, [at('/srv/app/a.conf', 'two\n')]);
      const { stdout, code } = await engine.exec(id, {
        argv: ['sh', '-c', 'cat /srv/app/a.conf; touch /etc/x 2>/dev/null'],
        timeoutMs: 10_000,
      });
      expect([stdout, code]).toEqual(['two\n', 1]);
    });
  });

  describe('commands', () => {
    it('get their input and environment, and give code and both streams', async () => {
      const { engine, sleeper } = fixture();
      const id = await sleeper();
      const result = await engine.exec(id, {
        argv: ['sh', '-c', 'cat; echo "$A/$B"; echo oops >&2; exit 7'],
        env: { B: `it's "$A"` },
        stdin: 'in\n',
        timeoutMs: 10_000,
      });
      expect(result).toEqual({ code: 7, stdout: `in\nfrom the container/it's "$A"\n`, stderr: 'oops\n' });
    });

    it('tells what a command writes as it comes, letters of several bytes whole', async () => {
      const { engine, sleeper } = fixture();
      const pieces: { readonly stream: string; readonly text: string; readonly afterMs: number }[] = [];
      const begun = performance.now();
      const onOutput = (stream: string, text: string) => void pieces.push({ stream, text, afterMs: performance.now() - begun });
      const script = "printf 'gr\\303'; sleep 1; printf '\\274n\\n'; echo careful >&2";
      const { stdout } = await engine.exec(await sleeper(), { argv: ['sh', '-c', script], timeoutMs: 20_000, onOutput });
      const told = (stream: string) => pieces.filter((piece) => piece.stream === stream).map(({ text }) => text);
      expect([told('stdout').join(''), told('stderr').join(''), stdout]).toEqual(['gr\u00fcn\n', 'careful\n', 'gr\u00fcn\n']);
      expect(told('stdout').some((text) => text.includes('\ufffd'))).toBe(false);
      expect((pieces.at(-1)?.afterMs ?? 0) - (pieces[0]?.afterMs ?? 0)).toBeGreaterThan(700);
    });

    it('take megabytes of input', async () => {
      const { engine, sleeper } = fixture();
      const result = await engine.exec(await sleeper(), { argv: ['wc', '-c'], stdin: 'x'.repeat(3_000_000), timeoutMs: 20_000 });
      expect(result.stdout.trim()).toBe('3000000');
    });

    it('are cut at 1 MiB of output and still run to their end', async () => {
      const { engine, sleeper } = fixture();
      const result = await engine.exec(await sleeper(), { argv: ['sh', '-c', 'head -c 3000000 /dev/zero; exit 3'], timeoutMs: 20_000 });
      expect([result.stdout.length, result.code]).toEqual([2 ** 20, 3]);
    });

    it('are killed with their children at their deadline', async () => {
      const { engine, sleeper } = fixture();
      const id = await sleeper();
      const sleepers = async (): Promise<string> =>
        (await engine.exec(id, { argv: ['sh', '-c', 'ps | grep -c "[s]leep 777"'], timeoutMs: 10_000 })).stdout.trim();
      const call = engine.exec(id, { argv: ['sh', '-c', 'sleep 777 & sleep 777; :'], timeoutMs: 700 });
      await expect(call).rejects.toMatchObject({ code: 'deadline' });
      expect(await sleepers()).toBe('0');
    });

    it('end when the caller gives up', async () => {
      const { engine, sleeper } = fixture();
      const abort = new AbortController();
      const call = engine.exec(await sleeper(), { argv: ['sleep', '60'], timeoutMs: 30_000, signal: abort.signal });
      setTimeout(() => abort.abort(), 300);
      await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    });

    it('tell a program that is not there by its code', async () => {
      const { engine, sleeper } = fixture();
      const { code } = await engine.exec(await sleeper(), { argv: ['/no/such/program'], timeoutMs: 10_000 });
      expect([126, 127]).toContain(code);
    });

    it('need a container that runs', async () => {
      const { engine, request } = fixture();
      const { containerId } = await engine.createContainer(request());
      await expect(engine.exec(containerId, { argv: ['true'], timeoutMs: 10_000 })).rejects.toMatchObject({ code: 'container.not-ready' });
    });
  });

  describe('images and names', () => {
    it('knows the images it has', async () => {
      const { engine, image } = fixture();
      expect([await engine.imageExists(image), await engine.imageExists('no/such-image:9')]).toEqual([true, false]);
    });

    it('builds one, tells what it does, and leaves none where a step fails', async () => {
      const { engine, image } = fixture();
      const name = 'clocker-test/build:1';
      const said: string[] = [];
      const labels = { 'io.clocker.test': '1' };
      const dockerfile = `FROM ${image}\nRUN ["/bin/sh","-ec","echo installed > /installed"]\n`;
      await engine.buildImage({ name, dockerfile, labels }, { onOutput: (text) => said.push(text) });
      expect([await engine.imageExists(name), said.join('')]).toEqual([true, expect.stringContaining('Step 2/3')]);
      const broken = `FROM ${image}\nRUN ["/bin/sh","-ec","echo about to fail; exit 3"]\n`;
      await expect(engine.buildImage({ name: 'clocker-test/broken:1', dockerfile: broken, labels })).rejects.toMatchObject({
        code: 'image.build-failed',
        message: expect.stringMatching(/about to fail/),
      });
      expect(await engine.imageExists('clocker-test/broken:1')).toBe(false);
    });

    it('lists images by all their names, takes one name after the other, and leaves what a container is of', async () => {
      const { engine, image, request } = fixture();
      const [one, other] = ['clocker-test/named:1', 'clocker-test/named:2'];
      await engine.buildImage({ name: one, dockerfile: `FROM ${image}\nLABEL named=1\n`, labels: {} });
      await engine.tagImage(one, other);
      const found = (await engine.listImages()).find(({ names }) => names.includes(one));
      expect(found).toMatchObject({ names: expect.arrayContaining([one, other]), sizeBytes: expect.any(Number) });
      const { containerId } = await engine.createContainer(request({ image: other }));
      await engine.removeImage(one);
      await expect(engine.removeImage(other)).rejects.toMatchObject({ code: 'conflict' });
      await engine.removeContainer(containerId);
      await engine.removeImage(other);
      await engine.removeImage(other);
      expect([await engine.imageExists(one), await engine.imageExists(other)]).toEqual([false, false]);
    });

    it('makes an image of what a container has written, without what is to be blank', async () => {
      const { engine, request } = fixture();
      const name = 'clocker-test/snapshot:1';
      const env = { MODE: 'fast', TOKEN: 'hunter2', EMPTY: '' };
      const asked = request({
        env,
        labels: { kept: 'yes', hidden: 'hunter2' },
        command: ['sh', '-c', 'echo written > /written; sleep 600 # hunter2'],
      });
      const { containerId } = await engine.createContainer(asked);
      await engine.startContainer(containerId);
      const written = () => engine.exec(containerId, { argv: ['cat', '/written'], timeoutMs: 5_000 });
      await expect.poll(async () => (await written()).code).toBe(0);
      const blank = { variables: ['TOKEN'], labels: ['hidden'], command: true, entrypoint: false, healthcheck: false };
      const commit = { container: asked.name, name, labels: { 'contract.of': 'it' }, comment: 'before', pause: true, blank };
      await engine.commitContainer(commit);
      await engine.commitContainer({ ...commit, pause: false });
      expect((await engine.inspectContainer(containerId))?.status).toBe('running');
      expect(await engine.inspectImage(name)).toMatchObject({
        labels: { kept: 'yes', hidden: '', 'contract.of': 'it' },
        sizeBytes: expect.any(Number),
      });
      const command = ['sh', '-c', 'cat /written; echo "$MODE/$TOKEN"; sleep 600'];
      const restored = await engine.createContainer(request({ image: name, command }));
      await engine.startContainer(restored.containerId);
      const lines = async () => (await collect(engine.logs(restored.containerId, { follow: false, tail: 10 }))).map(({ text }) => text);
      await expect.poll(lines).toEqual(['written', 'fast/']);
      await engine.removeContainer(restored.containerId);
      await engine.removeImage(name);
      expect([await engine.inspectImage(name), await engine.inspectImage(`${name}.part`)]).toEqual([null, null]);
      await expect(engine.commitContainer({ ...commit, container: 'no-such-container' })).rejects.toMatchObject({ code: 'not-found' });
    });

    it('refuses names that would reach other parts of the engine', async () => {
      const { engine } = fixture();
      await expect(engine.inspectContainer('../images')).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(engine.imageExists('x/../../containers/y')).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(engine.removeVolume('a?force=1')).rejects.toMatchObject({ code: 'input.invalid' });
    });
  });

  it('does nothing for a caller that has given up already', async () => {
    const { engine, request, name } = fixture();
    const signal = AbortSignal.abort();
    const asked = request();
    const calls = [
      engine.ping({ signal }),
      engine.facts({ signal }),
      engine.listContainers({ signal }),
      engine.createContainer(asked, { signal }),
      engine.removeContainer(name(), { signal }),
      engine.pullImage('no/such-image:9', { signal }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(await engine.inspectContainer(asked.name)).toBeNull();
  });
}
