import type { Clock } from '../../ports/clock.ts';
import type { HostConnector, HostSession, HostTarget } from '../../ports/host-session.ts';
import type { Log } from '../../ports/log.ts';
import { createDockerEngine } from '../docker/create-docker-engine.ts';
import { dialFromHost } from './dial-from-host.ts';
import { EngineChannels } from './engine-channels.ts';
import { HeldShell } from './held-shell.ts';
import { knock } from './knock.ts';
import { openPort } from './open-port.ts';
import { openShell } from './open-shell.ts';
import { runScript } from './run-script.ts';
import { scanHostKey } from './scan-host-key.ts';
import { SshLink } from './ssh-link.ts';

export interface HostConnectorOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Socket of the engine on the hosts. Default `/var/run/docker.sock`. */
  readonly engineSocketPath?: string;
}

const DEFAULT_ENGINE_SOCKET = '/var/run/docker.sock';
const KILL_TIMEOUT_MS = 3_000;
/** The engine names the leader of a process group, which kill takes by its negative number. */
const KILL_SCRIPT = `kill -s "$SIGNAL" -- "-$PID" 2>/dev/null && exit 0
while read -r key ids; do
  [ "$key" = NSpid: ] && echo "\${ids##*[!0-9]}"
done <"/proc/$PID/status"
exit 1`;

/** Reaches hosts over SSH: one kept-alive connection each, with the Engine API and one held shell on it. */
export function createHostConnector(options: HostConnectorOptions): HostConnector {
  return { session: (target) => createHostSession(target, options), scanHostKey };
}

function createHostSession(target: HostTarget, { clock, log, engineSocketPath }: HostConnectorOptions): HostSession {
  const link: SshLink = new SshLink({ target, clock, log, onLogin: () => channels.probe() });
  const channels: EngineChannels = new EngineChannels({ link, target, clock, socketPath: engineSocketPath ?? DEFAULT_ENGINE_SOCKET });
  const shell = new HeldShell({ link, target, clock });
  const transport = {
    hostName: target.name,
    calls: channels.calls,
    control: channels.control,
    streams: channels.streams,
    get callLimit() {
      return channels.callLimit;
    },
    get heardAt() {
      return channels.heardAt;
    },
    onLost: (listener: Parameters<SshLink['onDown']>[0]) => link.onDown(listener),
    killGroup: async (pid: number, signalName: 'HUP' | 'KILL') => {
      const { code, output } = await shell.run(KILL_SCRIPT, { env: { PID: String(pid), SIGNAL: signalName }, timeoutMs: KILL_TIMEOUT_MS });
      const innerPid = /^\d+$/m.exec(output)?.[0];
      return { killed: code === 0, innerPid: innerPid === undefined ? null : Number(innerPid) };
    },
  };
  const dial: HostSession['dial'] = (address, port) => dialFromHost({ link, target }, address, port);
  return {
    engine: createDockerEngine(transport, clock),
    shell,
    dial,
    openPort: (address, port, options) => openPort({ dial }, address, port, options),
    openTerminal: (options) => openShell({ link, target }, options),
    script: (text, options) => runScript({ link, target, clock }, text, options),
    knock: (timeoutMs) => knock(target, clock, timeoutMs),
    get state() {
      return link.state;
    },
    get lastError() {
      return link.lastError;
    },
    get dials() {
      return link.dials;
    },
    connect: () => link.connect(),
    onState: (listener) => link.onState(listener),
    close: async () => {
      shell.close();
      link.close();
      channels.close();
    },
  };
}
