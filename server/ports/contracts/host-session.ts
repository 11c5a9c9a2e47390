import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ConnectionState, HostConnector, HostSession, HostTarget } from '../host-session.ts';
import { readTerminal } from './terminal-reader.ts';

export interface HostUnderTest {
  readonly connector: HostConnector;
  /** Right in every respect. */
  readonly target: HostTarget;
  /** A private key that the host does not know. */
  readonly strangersKey: string;
  /** Ends every connection without a goodbye. */
  cutConnections(): Promise<void>;
  end(): Promise<void>;
}

/** What every implementation of HostConnector, HostSession and HostShell does. */
export function describeHostSessionContract(make: () => Promise<HostUnderTest>): void {
  describe('a session with a host', () => {
    let host: HostUnderTest;
    const open: HostSession[] = [];
    const session = (change: Partial<HostTarget> = {}): HostSession => {
      const made = host.connector.session({ ...host.target, ...change });
      open.push(made);
      return made;
    };

    beforeAll(async () => {
      host = await make();
    });

    afterAll(async () => {
      for (const made of open) await made.close();
      await host.end();
    });

    it('reads the key that a host offers', async () => {
      expect(await host.connector.scanHostKey(host.target.address, host.target.port)).toEqual(host.target.hostKey);
      await expect(host.connector.scanHostKey(host.target.address, 1)).rejects.toMatchObject({ code: 'host.unreachable' });
    });

    it('dials when asked, once, and tells its states', async () => {
      const made = session();
      const states: ConnectionState[] = [];
      const stop = made.onState((state) => states.push(state));
      expect([made.state, made.dials]).toEqual(['idle', 0]);
      await Promise.all([made.connect(), made.connect()]);
      await made.engine.ping();
      expect([made.state, made.dials, made.lastError]).toEqual(['up', 1, null]);
      stop();
      await made.close();
      expect(states).toEqual(['connecting', 'up']);
      expect(made.state).toBe('closed');
      await expect(made.engine.ping()).rejects.toMatchObject({ code: 'host.lost' });
      await expect(made.connect()).rejects.toMatchObject({ code: 'host.lost' });
    });

    it('refuses a host whose key is not the pinned one, and tries no more', async () => {
      const made = session({ hostKey: { ...host.target.hostKey, fingerprint: 'SHA256:0000000000000000000000000000000000000000000' } });
      await expect(made.connect()).rejects.toMatchObject({
        code: 'host.key-changed',
        retryable: false,
        message: expect.stringContaining(host.target.hostKey.fingerprint),
      });
      await expect(made.engine.ping()).rejects.toMatchObject({ code: 'host.key-changed' });
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect([made.state, made.dials, made.lastError?.code]).toEqual(['refused', 1, 'host.key-changed']);
    });

    it('tries no more when its login is refused', async () => {
      const made = session({ privateKey: host.strangersKey });
      await expect(made.connect()).rejects.toMatchObject({
        code: 'host.auth',
        retryable: false,
        message: expect.stringContaining(host.target.user),
      });
      expect([made.state, made.dials]).toEqual(['refused', 1]);
      const unreadable = session({ privateKey: 'no key' });
      await expect(unreadable.connect()).rejects.toMatchObject({ code: 'host.auth' });
    });

    it('goes on trying a host that is not there, and fails calls at once meanwhile', async () => {
      const made = session({ port: 1 });
      await expect(made.connect()).rejects.toMatchObject({ code: 'host.unreachable', retryable: true });
      expect(made.state).toBe('backoff');
      await vi.waitFor(() => expect(made.dials).toBeGreaterThan(2), { timeout: 10_000, interval: 20 });
      await vi.waitFor(() => expect(made.state).toBe('backoff'), { timeout: 5_000, interval: 1 });
      const before = performance.now();
      await expect(made.engine.ping()).rejects.toMatchObject({ code: 'host.unreachable' });
      await expect(made.shell.run('true', { timeoutMs: 1_000 })).rejects.toMatchObject({ code: 'host.unreachable' });
      expect(performance.now() - before).toBeLessThan(500);
    });

    it('ends what is under way when the connection breaks, and comes back by itself', async () => {
      const made = session();
      await made.connect();
      const codes = (calls: readonly Promise<unknown>[]): Promise<readonly unknown[]> =>
        Promise.all(
          calls.map((call) =>
            call.then(
              () => 'done',
              (error: { code?: string }) => error.code,
            ),
          ),
        );
      const pending = codes([
        made.shell.run('sleep 30', { timeoutMs: 30_000 }),
        made.shell.run('echo never', { timeoutMs: 30_000 }),
        waitForEvent(made),
      ]);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const broken = new Promise((resolve) => made.onState(resolve));
      await host.cutConnections();
      expect(await broken).toBe('backoff');
      const [first, second, third] = await pending;
      expect([first, third]).toEqual(['host.lost', 'host.lost']);
      // It waited for the first one: told at once, or run on the next connection.
      expect(['host.lost', 'done']).toContain(second);
      await vi.waitFor(() => expect(made.state).toBe('up'), { timeout: 10_000, interval: 10 });
      expect(made.dials).toBe(2);
      await made.engine.ping();
    });

    describe('its connections from the host', () => {
      it('reach what listens there, many on the one connection, and end with it', async () => {
        const made = session();
        await made.connect();
        const { address, port } = host.target;
        // Fewer than the 10 that sshd lets wait for a login.
        const greetings = await Promise.all(Array.from({ length: 8 }, () => firstBytes(made.dial(address, port))));
        expect(greetings.filter((text) => text.startsWith('SSH-2.0-'))).toHaveLength(8);
        expect(made.dials).toBe(1);
        const open = made.dial(address, port);
        await firstBytes(open, 'kept');
        const broken = new Promise((resolve) => open.once('error', resolve));
        await host.cutConnections();
        expect(await broken).toMatchObject({ code: 'host.lost' });
      });

      it('say where nothing listens', async () => {
        const made = session();
        await made.connect();
        await expect(firstBytes(made.dial('127.0.0.1', 1))).rejects.toMatchObject({
          code: 'host.channel-refused',
          message: expect.stringContaining('127.0.0.1:1'),
        });
      });
    });

    describe('its terminals', () => {
      const size = { columns: 90, rows: 33 };

      it('take what is typed, get another size, and end with the shell', async () => {
        const made = session();
        await made.connect();
        const terminal = await made.openTerminal({ size });
        const screen = readTerminal(terminal);
        await screen.type('stty size; echo "term=$TERM"\n');
        await screen.until('33 90');
        await screen.until('term=xterm-256color');
        await terminal.resize({ columns: 41, rows: 12 });
        await screen.type('stty size; exit 3\n');
        await screen.until('12 41');
        await screen.ended;
        expect([await terminal.exitCode(), made.dials]).toEqual([3, 1]);
        await terminal.close();
      });

      it('end what runs in them when they are closed', async () => {
        const made = session();
        await made.connect();
        const terminal = await made.openTerminal({ size });
        const screen = readTerminal(terminal);
        await screen.type('sleep 779\n');
        const sleepers = async () => (await made.shell.run('ps -eo args | grep -c "[s]leep 779"', { timeoutMs: 10_000 })).output.trim();
        await expect.poll(sleepers, { timeout: 20_000 }).toBe('1');
        await terminal.close();
        await screen.ended;
        await expect.poll(sleepers, { timeout: 20_000 }).toBe('0');
      });

      it('end with the connection, and say so', async () => {
        const made = session();
        await made.connect();
        const screen = readTerminal(await made.openTerminal({ size }));
        await screen.type('echo here\n');
        await screen.until('here');
        await host.cutConnections();
        await expect(screen.ended).rejects.toMatchObject({ code: 'host.lost' });
      });
    });

    describe('its scripts', () => {
      let made: HostSession;

      beforeAll(async () => {
        made = session();
        await made.connect();
      });

      it('give both streams as they come, and their code, beside a shell that is busy', async () => {
        const busy = made.shell.run('sleep 1', { timeoutMs: 10_000 });
        const told: string[] = [];
        const onOutput = (stream: string, text: string): void => void told.push(`${stream} ${text}`);
        const result = await made.script('echo out; sleep 0.2; echo err >&2; exit 3', { timeoutMs: 10_000, onOutput });
        expect(result).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
        expect(told).toEqual(['stdout out\n', 'stderr err\n']);
        expect(made.dials).toBe(1);
        await busy;
      });

      it('do not wait for what they leave running, and are given up at their deadline and when they are cancelled', async () => {
        const startedAt = performance.now();
        expect((await made.script('sleep 5 & echo left', { timeoutMs: 10_000 })).stdout).toBe('left\n');
        await expect(made.script('sleep 5', { timeoutMs: 200 })).rejects.toMatchObject({ code: 'deadline' });
        const signal = AbortSignal.timeout(200);
        await expect(made.script('sleep 5', { timeoutMs: 10_000, signal })).rejects.toMatchObject({ code: 'cancelled' });
        expect(performance.now() - startedAt).toBeLessThan(4_500);
      });
    });

    describe('its shell', () => {
      let made: HostSession;

      beforeAll(async () => {
        made = session();
        await made.connect();
      });

      it('gives output and code, also of scripts that exit, and keeps nothing between them', async () => {
        expect(await made.shell.run('KEPT=1; echo out; echo err >&2; exit 3', { timeoutMs: 5_000 })).toEqual({
          output: 'out\nerr\n',
          code: 3,
        });
        expect(await made.shell.run('printf "%s" "$KEPT$GIVEN"', { env: { GIVEN: 'x' }, timeoutMs: 5_000 })).toEqual({
          output: 'x',
          code: 0,
        });
        expect(await made.shell.run('printf "%s" "$GIVEN"', { timeoutMs: 5_000 })).toEqual({ output: '', code: 0 });
      });

      it('hands on values as they are', async () => {
        const hostile = `it's $HOME \`id\` $(id) "q" \\ \n; exit 9 ü #`;
        expect(await made.shell.run('printf "%s" "$VALUE"', { env: { VALUE: hostile }, timeoutMs: 5_000 })).toEqual({
          output: hostile,
          code: 0,
        });
        await expect(made.shell.run('true', { env: { 'A B': 'x' }, timeoutMs: 5_000 })).rejects.toMatchObject({ code: 'input.invalid' });
      });

      it('runs scripts one after the other', async () => {
        const numbers = Array.from({ length: 20 }, (_, number) => String(number));
        const results = await Promise.all(numbers.map((number) => made.shell.run('echo "$N"', { env: { N: number }, timeoutMs: 20_000 })));
        expect(results.map(({ output }) => output.trim())).toEqual(numbers);
      });

      it('kills a script at its deadline and goes on', async () => {
        const startedAt = performance.now();
        await expect(made.shell.run('sleep 777; echo late', { timeoutMs: 1_000 })).rejects.toMatchObject({ code: 'deadline' });
        expect(performance.now() - startedAt).toBeLessThan(3_000);
        expect((await made.shell.run('ps -eo args | grep -c "[s]leep 777"', { timeoutMs: 10_000 })).output.trim()).toBe('0');
      });

      it('is opened again after it died', async () => {
        const suicide = 'read -r _ _ _ shell _ <"/proc/$PPID/stat"; kill -s KILL "$shell"; sleep 5';
        await expect(made.shell.run(suicide, { timeoutMs: 10_000 })).rejects.toMatchObject({ code: 'host.shell-died', retryable: true });
        expect(await made.shell.run('echo back', { timeoutMs: 10_000 })).toEqual({ output: 'back\n', code: 0 });
        expect(made.dials).toBe(1);
      });
    });
  });
}

/** What the other side says first. */
function firstBytes(socket: Duplex, after: 'kept' | 'closed' = 'closed'): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', (bytes: Buffer) => {
      resolve(bytes.toString('latin1'));
      if (after === 'closed') socket.destroy();
    });
  });
}

async function waitForEvent(session: HostSession): Promise<void> {
  for await (const event of session.engine.events({ sinceNs: null })) if (event.action === 'never') return;
}
