import { describe, expect, it } from 'vitest';
import type { EngineFixture } from './engine-fixture.ts';
import { readTerminal } from './terminal-reader.ts';

const SIZE = { columns: 100, rows: 30 };
const SHELL = { argv: ['sh'], env: { TERM: 'xterm-256color' }, size: SIZE };

/** Shells in containers. */
export function describeTerminals(fixture: () => EngineFixture): void {
  describe('terminals', () => {
    /** Command lines of its processes. */
    const processes = async (id: string): Promise<readonly string[]> => {
      const { stdout } = await fixture().engine.exec(id, { argv: ['ps', '-o', 'args'], timeoutMs: 10_000 });
      return stdout.split('\n').map((line) => line.trim());
    };

    it('take what is typed, print, and end with the code of the shell', async () => {
      const { engine, sleeper } = fixture();
      const terminal = await engine.openTerminal(await sleeper(), SHELL);
      const screen = readTerminal(terminal);
      await screen.type('tty; echo "term=$TERM a=$A"; stty size\n');
      await screen.until(/\/dev\/pts\/\d+\s/);
      await screen.until('term=xterm-256color a=from the container');
      await screen.until('30 100');
      await screen.type('exit 5\n');
      await screen.ended;
      expect(await terminal.exitCode()).toBe(5);
      await terminal.resize(SIZE);
      await terminal.close();
    });

    it('get another size', async () => {
      const { engine, sleeper } = fixture();
      const terminal = await engine.openTerminal(await sleeper(), SHELL);
      const screen = readTerminal(terminal);
      await terminal.resize({ columns: 43, rows: 17 });
      await screen.type('stty size\n');
      await screen.until('17 43');
      await terminal.close();
    });

    it('begin as the user and in the folder that were asked for', async () => {
      const { engine, sleeper } = fixture();
      const terminal = await engine.openTerminal(await sleeper(), { ...SHELL, user: '1000:1000', folder: '/tmp' });
      const screen = readTerminal(terminal);
      await screen.type('echo "$(id -u):$(id -g) in $(pwd)"\n');
      await screen.until('1000:1000 in /tmp');
      await terminal.close();
    });

    it('end what runs in their foreground when they are closed', async () => {
      const { engine, running } = fixture();
      const id = await running();
      const terminal = await engine.openTerminal(id, SHELL);
      const screen = readTerminal(terminal);
      await screen.type('sleep 777\n');
      await expect.poll(() => processes(id)).toContain('sleep 777');
      await terminal.close();
      await screen.ended;
      const left = await processes(id);
      expect([left.includes('sleep 777'), left.includes('sh'), left.includes('sleep 600')]).toEqual([false, false, true]);
      await terminal.close();
    });

    it('are killed where the hang-up is not heard', async () => {
      const { engine, running } = fixture();
      const id = await running();
      const terminal = await engine.openTerminal(id, {
        ...SHELL,
        argv: ['sh', '-c', 'trap "" HUP; echo deaf; while :; do sleep 778; done'],
      });
      await readTerminal(terminal).until('deaf');
      expect(await processes(id)).toContain('sleep 778');
      await terminal.close();
      await expect.poll(() => processes(id)).not.toContain('sleep 778');
    });

    it('hold the program up while nobody reads', async () => {
      const { engine, running } = fixture();
      const id = await running();
      const terminal = await engine.openTerminal(id, { ...SHELL, argv: ['sh', '-c', 'yes | head -c 30000000 | tee /written; echo end'] });
      const reader = terminal.output[Symbol.asyncIterator]();
      const first = await reader.next();
      const size = async (): Promise<number> => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        return Number((await engine.exec(id, { argv: ['stat', '-c', '%s', '/written'], timeoutMs: 10_000 })).stdout);
      };
      let before = -1;
      for (let now = await size(); now !== before; now = await size()) before = now;
      expect(before).toBeLessThan(10_000_000);
      let bytes = first.value?.length ?? 0;
      for (let next = await reader.next(); !next.done; next = await reader.next()) bytes += next.value.length;
      expect(bytes).toBeGreaterThanOrEqual(30_000_000);
      await terminal.close();
    });

    it('end when their container does', async () => {
      const { engine, running } = fixture();
      const id = await running();
      const terminal = await engine.openTerminal(id, SHELL);
      const screen = readTerminal(terminal);
      await screen.until(/[#$] /);
      await engine.stopContainer(id, { timeoutS: 0 });
      await screen.ended;
      await terminal.close();
    });

    it('tell a shell, a folder or a user that is not there', async () => {
      const { engine, sleeper, request } = fixture();
      for (const wrong of [{ argv: ['/no/such/shell'] }, { folder: '/no/such/folder' }, { user: 'nobody-of-that-name' }]) {
        const terminal = await engine.openTerminal(await sleeper(), { ...SHELL, ...wrong });
        const screen = readTerminal(terminal);
        await screen.until(/no such|unable to find|not found/i);
        await screen.ended;
        expect([126, 127]).toContain(await terminal.exitCode());
      }
      const { containerId } = await engine.createContainer(request());
      await expect(engine.openTerminal(containerId, SHELL)).rejects.toMatchObject({ code: 'container.not-ready' });
    });
  });
}
