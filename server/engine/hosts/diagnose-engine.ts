import { ClockerError, type ErrorView, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { DIAGNOSE_SCRIPT } from './host-scripts.ts';

export interface EngineDiagnosis {
  readonly error: ErrorView;
  /** The engine is there and only a person can let us in. */
  readonly refused: boolean;
}

/** What the script can find. */
const FOUND = new Set(['missing', 'denied', 'stopped']);

interface Place {
  readonly name: string;
  readonly user: string;
}

/**
 * Why the engine cannot be used, in plain words. sshd answers alike for a missing socket, a missing permission and a stopped
 * dockerd, so the host's shell is asked. Never throws: without an answer it is the error as it came.
 */
export async function diagnoseEngine(host: Place, session: HostSession, failure: unknown): Promise<EngineDiagnosis> {
  const view = toErrorView(failure);
  if (view.code === 'host.unresponsive' || view.code === 'deadline') {
    const [answer = ''] = await look(session);
    return { error: engineHangs(host, { shellAnswers: FOUND.has(answer) }), refused: false };
  }
  if (view.code !== 'host.engine-unreachable' || session.state !== 'up') return { error: view, refused: false };
  const [found = '', ...groups] = await look(session);
  switch (found) {
    case 'missing':
      return {
        error: unreachable(`Docker Engine is not running on ${host.name}: /var/run/docker.sock does not exist`, {
          hint: 'Start it there (sudo systemctl start docker), or install Docker Engine.',
        }),
        refused: false,
      };
    case 'denied':
      return {
        error: unreachable(`User ${host.user} may not use Docker on ${host.name} (groups: ${groups.join(', ') || 'none'})`, {
          hint: `Add the user to the group docker on that host: sudo usermod -aG docker ${host.user}.`,
        }),
        refused: true,
      };
    case 'stopped':
      return {
        error: unreachable(`Docker Engine on ${host.name} is stopped: its socket refuses connections`, {
          hint: 'Start it there (sudo systemctl start docker). If it runs, sshd may forbid forwarding (AllowStreamLocalForwarding).',
        }),
        refused: false,
      };
    default:
      return { error: view, refused: false };
  }
}

/** A frozen dockerd takes connections and never answers; a frozen machine or a cut cable looks the same but for the shell. */
export function engineHangs(host: Pick<Place, 'name'>, { shellAnswers }: { readonly shellAnswers: boolean }): ErrorView {
  return toErrorView(
    new ClockerError('host.unresponsive', {
      message: shellAnswers
        ? `Docker Engine on ${host.name} does not answer; SSH does`
        : `${host.name} does not answer, neither Docker Engine nor the shell: the machine hangs, or the network to it is cut`,
      hint: shellAnswers ? 'It may hang: look at its log on that host, restart it if need be.' : 'Look at the machine and its network.',
      retryable: true,
    }),
  );
}

function unreachable(message: string, { hint }: { readonly hint: string }): ErrorView {
  return toErrorView(new ClockerError('host.engine-unreachable', { message, hint, retryable: true }));
}

async function look(session: HostSession): Promise<readonly string[]> {
  try {
    const { output } = await session.shell.run(DIAGNOSE_SCRIPT, { timeoutMs: 3_000 });
    return output.trim().split(/\s+/).slice(0, 20);
  } catch (error) {
    return [toErrorView(error).code];
  }
}
