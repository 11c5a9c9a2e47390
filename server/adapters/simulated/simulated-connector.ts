import { Duplex } from 'node:stream';
import { ClockerError, type ErrorView, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { ConnectionState, HostConnector, HostSession, HostShell } from '../../ports/host-session.ts';
import { createSimulatedEngine } from './simulated-engine.ts';
import type { SimulatedMachine } from './simulated-machine.ts';
import { runAsRoot } from './simulated-root.ts';

const REDIAL_MS = 1_000;
const HOST_KEY = { type: 'ssh-ed25519', fingerprint: 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' };

/** Reaches simulated machines by their address, which is their name. */
export function createSimulatedConnector(machines: ReadonlyMap<string, SimulatedMachine>): HostConnector {
  return {
    session({ address }) {
      const machine = machines.get(address);
      if (!machine) throw unreachable(address);
      return createSession(machine);
    },
    scanHostKey: (address) => (machines.get(address)?.reachable ? Promise.resolve(HOST_KEY) : Promise.reject(unreachable(address))),
  };
}

function createSession(machine: SimulatedMachine): HostSession {
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'idle';
  let lastError: ErrorView | null = null;
  let dials = 0;
  let cancelRedial: (() => void) | undefined;

  function enter(next: ConnectionState): void {
    if (state === next || state === 'closed') return;
    state = next;
    for (const listener of [...listeners]) listener(next);
  }

  function dial(): void {
    cancelRedial = undefined;
    if (state === 'closed') return;
    dials += 1;
    if (machine.reachable) {
      lastError = null;
      enter('up');
      return;
    }
    lastError = toErrorView(unreachable(machine.name));
    enter('backoff');
    cancelRedial = machine.clock.after(REDIAL_MS, dial);
  }

  const stopWatching = machine.onReachable(() => {
    if (machine.reachable || state !== 'up') return;
    lastError = toErrorView(machine.lost());
    enter('backoff');
    cancelRedial = machine.clock.after(REDIAL_MS, dial);
  });

  return {
    engine: createSimulatedEngine(machine),
    shell: createShell(machine),
    dial: (address, port) => {
      const error = new ClockerError('host.channel-refused', {
        message: `Nothing answers at ${address}:${port}, asked from ${machine.name}`,
      });
      return new Duplex({ read: () => undefined }).on('error', () => undefined).destroy(error);
    },
    openPort: () => Promise.reject(new ClockerError('host.channel-refused', { message: 'Nothing listens on a simulated host' })),
    openTerminal: () => Promise.reject(new ClockerError('host.channel-refused', { message: 'A simulated host runs no shell' })),
    knock: (timeoutMs) =>
      machine.reachable ? Promise.resolve(true) : new Promise((resolve) => void machine.clock.after(timeoutMs, () => resolve(false))),
    script: () => machine.call('script', () => ({ stdout: '', stderr: '', code: 0 })),
    get state() {
      return state;
    },
    get lastError() {
      return lastError;
    },
    get dials() {
      return dials;
    },
    connect() {
      dial();
      return machine.reachable ? Promise.resolve() : Promise.reject(unreachable(machine.name));
    },
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      cancelRedial?.();
      stopWatching();
      enter('closed');
      listeners.clear();
      return Promise.resolve();
    },
  };
}

/** Answers what the engine asks of a host: its clock, and who listens on which port. */
function createShell(machine: SimulatedMachine): HostShell {
  return {
    run: (_script, { env = {} }) =>
      machine.call('shell', () => {
        const { CK_PID: pid, CK_PORT: port, CK_SCRIPT: script, CK_TEXT: text = '' } = env;
        if (script !== undefined) return { output: runAsRoot(machine, script, text), code: 0 };
        if (pid !== undefined) return { output: listenersOf(machine, Number(pid)), code: 0 };
        if (port !== undefined) return { output: isServed(machine, Number(port)) ? '200' : '', code: 0 };
        const number = /\d+$/.exec(machine.name)?.[0] ?? '1';
        const lacks = machine.lacks.map((command) => `lacks:${command}\n`).join('');
        const routes = machine.routes.map((line) => `route:${line}\n`).join('');
        return {
          output: `clock:${Math.floor(machine.clock.now() / 1000)}\nunderlay:10.9.0.${number} eth0 1500\n${lacks}${routes}`,
          code: 0,
        };
      }),
  };
}

function listenersOf(machine: SimulatedMachine, pid: number): string {
  const container = machine.running().find((one) => one.pid === pid);
  if (!container || machine.behaviourOf(container.request.spec.image).deaf) return '';
  return container.request.spec.ports
    .map((port) => `   0: 00000000:${port.container.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`)
    .join('\n');
}

function isServed(machine: SimulatedMachine, port: number): boolean {
  return machine
    .running()
    .some((one) => !machine.behaviourOf(one.request.spec.image).deaf && one.request.ports.some((binding) => binding.host === port));
}

function unreachable(address: string): ClockerError {
  return new ClockerError('host.unreachable', { message: `Cannot reach ${address}: no route`, retryable: true });
}
